"""Speed, measured: ratios of Natrium to physical floors and to what a user could pick instead, taken in one run."""
