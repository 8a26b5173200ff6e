"""The sections of the HTML report, one module each; a section takes a page and returns markup."""
