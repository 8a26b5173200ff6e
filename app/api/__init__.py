"""The web skin: routes, schemas, mapping to and from the domain, problems, the clock."""
