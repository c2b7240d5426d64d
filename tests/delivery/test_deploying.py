"""Deploying, rolling back, and looking whether it works."""

import pytest

from tests.delivery.stage import Answer, Stage, history, one_line, option, options

URL = "https://todo.example"
PAGE = "200 text/html; charset=utf-8\n"
REFUSED = "401 application/problem+json\n"
INSTALL = ("--repository", "ghcr.io/someone/todo", "--tag", "abc", "--values", "values.yaml", "--no-backup")
DATABASE = {"PGHOST": "db.example", "PGUSER": "admin"}


@pytest.fixture
def cluster(stage: Stage) -> Stage:
    """The release is there in its third revision; the second one failed."""
    stage.programs("helm", "kubectl", "curl")
    (stage.folder / "values.yaml").touch()
    stage.answers += [
        Answer(["helm", "history"], history("superseded", "failed", "deployed")),
        Answer(["curl"], "404 text/html\n"),
        Answer(["curl", f"{URL}/"], PAGE),
        Answer(["curl", f"{URL}/api/nobody/tasks"], REFUSED),
    ]
    return stage


def nothing_there(stage: Stage) -> None:
    stage.answers.append(Answer(["helm", "history"], status=1, error="Error: release: not found\n"))


def broken(stage: Stage) -> None:
    stage.answers.append(Answer(["helm", "test"], status=1, error="Error: pod test failed\n"))


def test_a_deployment_is_one_upgrade_and_the_smoke_test(cluster: Stage) -> None:
    result = cluster.run("deploy.sh", *INSTALL, "--url", URL)
    assert result.returncode == 0, result.stderr
    assert "upgraded from revision 3" in result.stderr
    cluster.order(["helm", "history"], ["helm", "upgrade"], ["helm", "test"], ["curl", f"{URL}/"])
    (upgrade,) = cluster.called("helm", "upgrade", "--install")
    assert upgrade[:5] == ["helm", "upgrade", "--install", "todo", "infra/helm/todo"]
    assert {"--create-namespace", "--atomic", "--wait"} <= set(upgrade)
    assert (option(upgrade, "--timeout"), option(upgrade, "--namespace")) == ("10m", "todo")
    assert option(upgrade, "--set") == "image.repository=ghcr.io/someone/todo"
    assert option(upgrade, "--set-string") == "image.tag=abc"  # a tag of digits is no number
    assert options(upgrade, "--values") == [str(cluster.folder / "values.yaml")]  # from where it was called
    assert not cluster.called("helm", "rollback")


def test_the_first_deployment_says_so(cluster: Stage) -> None:
    nothing_there(cluster)
    result = cluster.run("deploy.sh", *INSTALL)
    assert result.returncode == 0, result.stderr
    assert "will be installed in the namespace todo of somewhere" in result.stderr


def test_what_does_not_work_makes_place_for_what_did(cluster: Stage) -> None:
    broken(cluster)
    cluster.answers.append(Answer(["helm", "test"], after=["helm", "rollback"]))
    result = cluster.run("deploy.sh", *INSTALL)
    assert result.returncode == 1
    assert "revision 3 is back, and works" in result.stderr
    cluster.order(["helm", "upgrade"], ["helm", "test"], ["helm", "rollback", "todo", "3", "--wait"], ["helm", "test"])


def test_what_is_brought_back_is_tested_too(cluster: Stage) -> None:
    broken(cluster)
    result = cluster.run("deploy.sh", *INSTALL)
    assert result.returncode == 1
    assert "revision 3, which is back, does not work either" in result.stderr


def test_one_failed_attempt_brings_no_good_release_down(cluster: Stage) -> None:
    cluster.answers += [
        Answer(["helm", "test"], status=1, error="Error: pod test failed\n"),
        Answer(["helm", "test"], after=["helm", "test"]),
        Answer(["curl", f"{URL}/api/nobody/tasks"], "502 text/html\n"),
        Answer(["curl", f"{URL}/api/nobody/tasks"], REFUSED, after=["curl", f"{URL}/metrics"]),
    ]
    result = cluster.run("deploy.sh", *INSTALL, "--url", URL)
    assert result.returncode == 0, result.stderr
    assert not cluster.called("helm", "rollback")


def test_an_upgrade_takes_a_backup_first(cluster: Stage) -> None:
    cluster.programs("pg_dump", "pg_restore", "date", "oci", "mv")
    arguments = [each for each in INSTALL if each != "--no-backup"]
    result = cluster.run("deploy.sh", *arguments, "--backup-to", "kept", **DATABASE, BACKUP_BUCKET="kept")
    assert result.returncode == 0, result.stderr
    cluster.order(["pg_dump", "todo"], ["oci", "os", "object", "put", "--bucket-name", "kept"], ["helm", "upgrade"])


def test_without_a_backup_nothing_is_upgraded(cluster: Stage) -> None:
    arguments = [each for each in INSTALL if each != "--no-backup"]
    refused = cluster.run("deploy.sh", *arguments)
    assert refused.returncode == 1
    assert "--backup-to" in refused.stderr.splitlines()[-1]
    cluster.programs("pg_dump", "pg_restore", "date", "mv")
    cluster.answers.append(Answer(["pg_dump"], status=1))
    failed = cluster.run("deploy.sh", *arguments, "--backup-to", "kept", **DATABASE)
    assert failed.returncode == 1
    assert "nothing was deployed" in failed.stderr
    assert not cluster.called("helm", "upgrade", "--install")


def test_a_first_installation_needs_no_backup(cluster: Stage) -> None:
    nothing_there(cluster)
    result = cluster.run("deploy.sh", *(each for each in INSTALL if each != "--no-backup"))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("known", "used"),
    [("--atomic  if set, …", "--atomic"), ("--rollback-on-failure  if set, …", "--rollback-on-failure")],
)
def test_helm_goes_back_by_the_flag_of_its_version(cluster: Stage, known: str, used: str) -> None:
    cluster.answers.append(Answer(["helm", "upgrade", "--help"], known))
    assert cluster.run("deploy.sh", *INSTALL).returncode == 0
    [upgrade] = cluster.called("helm", "upgrade", "--install")
    assert {"--atomic", "--rollback-on-failure"} & set(upgrade) == {used}


def test_a_page_that_does_not_work_is_rolled_back_too(cluster: Stage) -> None:
    cluster.answers.append(Answer(["curl", f"{URL}/api/nobody/tasks"], "200 application/json\n"))
    result = cluster.run("deploy.sh", *INSTALL, "--url", URL)
    assert result.returncode == 1
    assert cluster.called("helm", "rollback", "todo", "3")


def test_a_rollback_that_fails_is_said(cluster: Stage) -> None:
    broken(cluster)
    cluster.answers.append(Answer(["helm", "rollback"], status=1))
    result = cluster.run("deploy.sh", *INSTALL)
    assert result.returncode == 1
    assert "going back to revision 3 failed too" in result.stderr


def test_without_a_revision_to_go_back_to_it_says_what_to_do(cluster: Stage) -> None:
    nothing_there(cluster)
    broken(cluster)
    result = cluster.run("deploy.sh", *INSTALL)
    assert result.returncode == 1
    assert "helm uninstall todo --namespace todo" in result.stderr
    assert not cluster.called("helm", "rollback")


def test_a_failed_upgrade_is_left_to_helm(cluster: Stage) -> None:
    cluster.answers.append(Answer(["helm", "upgrade", "--install"], status=1, error="Error: timed out\n"))
    failed = cluster.run("deploy.sh", *INSTALL)
    assert failed.returncode == 1
    assert "Helm brought back what ran before, which works" in failed.stderr
    assert not cluster.called("helm", "rollback")
    broken(cluster)
    assert "does not work: look at" in cluster.run("deploy.sh", *INSTALL).stderr.splitlines()[-1]


def test_an_unreachable_cluster_is_not_taken_for_an_empty_one(cluster: Stage) -> None:
    cluster.answers.append(Answer(["helm", "history"], status=1, error="Error: Kubernetes cluster unreachable"))
    one_line(cluster.run("deploy.sh", *INSTALL), "Kubernetes cluster unreachable")
    assert not cluster.called("helm", "upgrade", "--install")


@pytest.mark.parametrize("script", ["deploy.sh", "rollback.sh", "smoke.sh"])
def test_a_dry_run_shows_what_it_would_do_and_does_not(cluster: Stage, script: str) -> None:
    arguments = INSTALL if script == "deploy.sh" else ()
    result = cluster.run(script, *arguments, "--url", URL, "--dry-run")
    assert result.returncode == 0, result.stderr
    assert "+ helm test todo" in result.stderr
    assert {tuple(call[:2]) for call in cluster.calls} <= {
        ("helm", "history"),
        ("helm", "list"),
        ("helm", "upgrade"),  # its --help
        ("kubectl", "config"),
    }
    assert not cluster.called("helm", "upgrade", "--install")


def test_the_last_revision_that_worked_comes_back(cluster: Stage) -> None:
    result = cluster.run("rollback.sh")
    assert result.returncode == 0, result.stderr
    assert "from revision 3 to 1" in result.stderr
    cluster.order(["helm", "history"], ["helm", "rollback", "todo", "1", "--wait"], ["helm", "test"])


@pytest.mark.parametrize(
    ("known", "chosen"),
    [
        (["superseded", "superseded", "deployed"], "2"),
        (["superseded", "superseded", "superseded", "deployed: Rollback to 2"], "1"),  # what it left did not work
        (["superseded", "superseded: Rollback to 1", "deployed"], "2"),
        (["superseded", "superseded", "superseded: Rollback to 1", "deployed"], "3"),
        (["superseded", "deployed", "pending-upgrade"], "2"),  # the runner died: what runs is made the newest
        (["superseded", "deployed", "failed"], "2"),
    ],
)
def test_what_comes_back_has_worked(cluster: Stage, known: list[str], chosen: str) -> None:
    cluster.answers.append(Answer(["helm", "history"], history(*known)))
    result = cluster.run("rollback.sh")
    assert result.returncode == 0, result.stderr
    (rollback,) = cluster.called("helm", "rollback")
    assert rollback[3] == chosen


@pytest.mark.parametrize(
    "known",
    [
        ["superseded", "superseded", "deployed: Rollback to 1"],
        ["superseded", "failed", "deployed: Rollback to 1"],
        ["deployed"],
    ],
)
def test_what_did_not_work_does_not_come_back(cluster: Stage, known: list[str]) -> None:
    cluster.answers.append(Answer(["helm", "history"], history(*known)))
    result = cluster.run("rollback.sh")
    assert result.returncode == 1
    assert "no earlier revision is known" in result.stderr


def test_a_deployment_that_was_interrupted_is_named(cluster: Stage) -> None:
    cluster.answers.append(Answer(["helm", "history"], history("deployed", "pending-upgrade")))
    one_line(cluster.run("deploy.sh", *INSTALL), "revision 2", "scripts/rollback.sh")
    assert not cluster.called("helm", "upgrade")


def test_one_that_was_interrupted_once_stops_no_other(cluster: Stage) -> None:
    """Helm leaves its status as it was."""
    known = history("superseded", "superseded", "pending-upgrade", "deployed: Rollback to 2")
    cluster.answers.append(Answer(["helm", "history"], known))
    result = cluster.run("deploy.sh", *INSTALL)
    assert result.returncode == 0, result.stderr
    assert "upgraded from revision 4" in result.stderr


def test_what_has_worked_is_not_taken_away(cluster: Stage) -> None:
    cluster.answers.append(
        Answer(["helm", "history"], history("superseded", "superseded", "failed", "pending-upgrade"))
    )
    one_line(cluster.run("deploy.sh", *INSTALL), "revision 4", "scripts/rollback.sh")


def test_a_first_installation_that_was_interrupted_is_taken_away(cluster: Stage) -> None:
    cluster.answers.append(Answer(["helm", "history"], history("pending-install")))
    one_line(cluster.run("deploy.sh", *INSTALL), "revision 1", "helm uninstall todo --namespace todo")
    result = cluster.run("rollback.sh")
    assert result.returncode == 1
    assert "no revision has worked yet: helm uninstall todo --namespace todo" in result.stderr


def test_without_hooks_passwords_stay_as_they_are(cluster: Stage) -> None:
    assert cluster.run("rollback.sh", "--revision", "2", "--no-hooks").returncode == 0
    assert cluster.called("helm", "rollback", "--no-hooks")


def test_a_revision_can_be_named(cluster: Stage) -> None:
    assert cluster.run("rollback.sh", "--revision", "2", "--namespace", "other").returncode == 0
    (rollback,) = cluster.called("helm", "rollback")
    assert rollback[3] == "2"
    assert option(rollback, "--namespace") == "other"


@pytest.mark.parametrize(("revision", "said"), [("3", "the present one"), ("3; id", "not a number")])
def test_a_revision_that_cannot_come_back(cluster: Stage, revision: str, said: str) -> None:
    result = cluster.run("rollback.sh", "--revision", revision)
    assert result.returncode == 1
    assert said in result.stderr
    assert not cluster.called("helm", "rollback")


def test_a_rollback_that_does_not_work_fails(cluster: Stage) -> None:
    broken(cluster)
    result = cluster.run("rollback.sh")
    assert result.returncode == 1
    assert "revision 1 is back and does not work either" in result.stderr


def test_from_outside_it_asks_what_people_and_strangers_would(cluster: Stage) -> None:
    result = cluster.run("smoke.sh", "--no-test", "--url", f"{URL}/")
    assert result.returncode == 0, result.stderr
    asked = [call[-1].removeprefix(URL) for call in cluster.called("curl")]
    assert asked == ["/", "/api/nobody/tasks", "/health/subscriptions", "/ready", "/metrics"]
    assert not any({"--insecure", "-k"} & set(call) for call in cluster.calls)
    assert not cluster.called("helm")


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        ("/", "200 application/json\n", "the page answers"),
        ("/api/nobody/tasks", "401 text/html\n", "without a token"),
        ("/api/nobody/tasks", "200 application/json\n", "without a token"),
        ("/ready", "200 application/json\n", "/ready is answered from outside"),
        ("/health/subscriptions", "503 application/json\n", "/health/subscriptions is answered"),
        ("/metrics", "200 text/plain; version=0.0.4\n", "/metrics is answered"),
    ],
)
def test_from_outside_it_says_what_is_wrong(cluster: Stage, path: str, answer: str, said: str) -> None:
    cluster.answers.append(Answer(["curl", f"{URL}{path}"], answer))
    result = cluster.run("smoke.sh", "--no-test", "--url", URL, "--attempts", "2")
    assert result.returncode == 1
    assert said in result.stderr


@pytest.mark.parametrize(("status", "said"), [(60, "the certificate of"), (7, "does not answer (curl ended with 7)")])
def test_it_tries_for_a_while_and_then_says_why(cluster: Stage, status: int, said: str) -> None:
    cluster.answers.append(Answer(["curl", f"{URL}/"], status=status))
    result = cluster.run("smoke.sh", "--no-test", "--url", URL, "--attempts", "3")
    assert result.returncode == 1
    assert said in result.stderr
    assert len(cluster.called("curl")) == 3


@pytest.mark.parametrize("script", ["deploy.sh", "rollback.sh", "smoke.sh"])
def test_helm_is_missing(cluster: Stage, script: str) -> None:
    (cluster.bin / "helm").unlink()
    one_line(cluster.run(script, *(INSTALL if script == "deploy.sh" else ())), "helm is missing", "install Helm")
    assert not cluster.calls


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--tag", "abc", "--values", "values.yaml"], ["repository is missing", "--repository"]),
        (["--repository", "r", "--values", "values.yaml"], ["tag is missing", "--tag"]),
        (["--repository", "r", "--tag", "t"], ["values are missing", "secrets.example.yaml"]),
        (["--repository", "r", "--tag", "t", "--values", "none.yaml"], ["none.yaml is missing"]),
        (["--repository", "--tag", "t"], ["--repository needs a value"]),
        (["--verbose"], ["--verbose is not known here", "--help"]),
    ],
)
def test_a_setting_is_missing(cluster: Stage, arguments: list[str], words: list[str]) -> None:
    one_line(cluster.run("deploy.sh", *arguments), *words)
    assert not cluster.calls


def test_no_cluster(cluster: Stage) -> None:
    cluster.answers.append(Answer(["kubectl", "current-context"], status=1))
    one_line(cluster.run("deploy.sh", *INSTALL), "kubectl has no cluster", "KUBECONFIG")
