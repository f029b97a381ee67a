"""What everything stands on: accounts, credit subjects, the ledger, the walls."""
