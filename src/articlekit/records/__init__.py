"""Records in and out of files: readers, writers, quarantine, ledger."""
