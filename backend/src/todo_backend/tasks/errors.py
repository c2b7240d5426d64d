from todo_kit.errors import Conflict, NotFound


class TaskNotFound(NotFound):
    """There is no such task"""

    code = "task_not_found"

    def __init__(self, task_id: int) -> None:
        super().__init__(f"there is no task {task_id}")


class TaskDeletedError(NotFound):
    """The task is deleted"""

    code = "task_deleted"

    def __init__(self, task_id: int) -> None:
        super().__init__(f"task {task_id} is deleted; POST …/tasks/{task_id}/restore brings it back")


class NotInTrash(Conflict):
    """The task is not in the trash"""

    code = "not_in_trash"

    def __init__(self, task_id: int) -> None:
        super().__init__(f"task {task_id} is not in the trash; delete it first")


class IdempotencyConflict(Conflict):
    """The Idempotency-Key was used for another request"""

    code = "idempotency_key_reused"
