"""From a published payload to what a template draws. Nothing here asks the database."""
