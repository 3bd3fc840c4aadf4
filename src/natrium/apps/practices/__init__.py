"""The tenant and its people: practices, members, users, sign-in links, API tokens and sessions."""
