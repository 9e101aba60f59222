"""Article → text, Markdown, safe HTML and XML-TEI: a module each, imported where it is needed."""
