from agents import Model


class RuleModel(Model):
    def __init__(self, now, zone): ...
    async def get_response(self, *a, **k):
        raise NotImplementedError

    def stream_response(self, *a, **k):
        raise NotImplementedError
