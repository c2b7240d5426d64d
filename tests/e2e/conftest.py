from tests.suite import suite_of_each_kind  # noqa: F401 - the folder's `suite`
