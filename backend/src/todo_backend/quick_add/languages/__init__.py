"""The languages of quick-add."""
