"""The pages: a request in, one operation or query, a page or a fragment out."""
