"""The rules: frozen values and pure functions. Standard library only, no clock, no ids made, no I/O."""
