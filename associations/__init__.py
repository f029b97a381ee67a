"""Facts, always inside one association's scope."""
