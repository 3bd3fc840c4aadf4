"""When the law wants what: rules as data, and pure functions that reckon a date from them and say why."""
