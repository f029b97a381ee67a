"""The public face: read-only pages and API over what was published; no models."""
