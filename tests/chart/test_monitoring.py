"""What is watched is there to be watched, and what alarms has a page."""

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import REGISTRY, Counter, Gauge, Histogram

from tests.chart.chart import CHART, MONITORED, VALUES, helm
from tests.cluster import programs
from todo_kit.telemetry import metrics
from todo_local.settings import ROOT

PLAIN = ROOT / "infra" / "kubernetes" / "monitoring"
PAGES = {page.name: page.read_text() for page in (ROOT / "docs" / "alarms").glob("*.md")}
FIRES_WHEN = dict(re.findall(r"^\| \[[a-z ]+\]\(([a-z-]+\.md)\) \| (.+?) \| ", PAGES["README.md"], re.MULTILINE))
RULES = [rule for group in yaml.safe_load((PLAIN / "alerts.yaml").read_text())["groups"] for rule in group["rules"]]
DASHBOARDS = {file.name: json.loads(file.read_text()) for file in (PLAIN / "dashboards").glob("*.json")}

SCRAPED = {"namespace", "service", "pod", "job"}
"""The labels that scraping gives to everything of the suite."""
OTHERS = {
    "up": set(),
    # daprd: its measures with `dapr_` before them.
    "dapr_component_pubsub_egress_bulk_count": {"success", "topic", "component"},
    "dapr_resiliency_activations_total": {"policy", "target", "name", "status", "flow_direction"},
    # kube-state-metrics
    "kube_deployment_spec_replicas": {"deployment"},
    "kube_deployment_status_replicas_ready": {"deployment"},
    "kube_pod_container_resource_limits": {"container", "resource"},
    "kube_pod_container_resource_requests": {"container", "resource"},
    # cAdvisor, which is in the kubelet
    "container_cpu_usage_seconds_total": {"container"},
    "container_memory_working_set_bytes": {"container"},
    # kafka_exporter, which Strimzi starts when it is asked to
    "kafka_consumergroup_lag": {"consumergroup", "topic", "partition"},
}
"""What others export, and with which labels."""


def own() -> dict[str, set[str]]:
    """The suite's metrics, as they are asked for, and their labels."""
    named: dict[str, set[str]] = {}
    for metric in vars(metrics).values():
        if isinstance(metric, Counter | Gauge | Histogram):
            [described] = metric.describe()
            suffixes = {"counter": ["_total"], "gauge": [""]}.get(described.type, ["_bucket", "_sum", "_count"])
            more = ["le"] if described.type == "histogram" else []
            named |= {f"{described.name}{suffix}": {*metric._labelnames, *more} for suffix in suffixes}
    return named


EXPORTED = {**own(), **OTHERS}


def metrics_of(expression: str) -> set[str]:
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^]]*\]|\b(by|on|ignoring|group_left|group_right) ?\([^)]*\)', " ", expression)
    return set(re.findall(r"\b[a-z_][a-z0-9_]*\b(?!\s*\()", bare)) - {"or", "and", "unless", "bool", "offset"}


def labels_of(expression: str) -> set[str]:
    selectors = re.findall(r'([a-z_]+) ?(?:=~|!~|!=|=)"', expression)
    groups = re.findall(r"\b(?:by|on|ignoring|group_left|group_right) ?\(([^)]*)\)", expression)
    return {*selectors, *(name for group in groups for name in re.findall(r"[a-z_]+", group))}


def page_of(rule: dict[str, Any]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", rule["alert"].removeprefix("Todo")).lower() + ".md"


def targets() -> Iterator[tuple[str, dict[str, str]]]:
    for name, dashboard in DASHBOARDS.items():
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                yield f"{name}: {panel['title']}", target


def asked() -> dict[str, str]:
    """Every expression, by where it stands."""
    in_panels = {f"{where} {target['refId']}": target["expr"] for where, target in targets()}
    return {rule["alert"]: rule["expr"] for rule in RULES} | in_panels


@cache
def rendered(*more: str) -> list[dict[str, Any]]:
    found = yaml.safe_load_all(helm("template", "todo", str(CHART), *VALUES["gateway"], *more))
    return [document for document in found if document]


WITH_PAGES = (*MONITORED, "--set=monitoring.alerts.runbooks=https://pages.example/alarms/")


def of_kind(kind: str, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [document for document in documents if document["kind"] == kind]


def dashboards(documents: list[dict[str, Any]]) -> dict[str, Any]:
    maps = [found for found in of_kind("ConfigMap", documents) if found["metadata"]["labels"].get("grafana_dashboard")]
    return {name.removeprefix("todo-"): json.loads(text) for found in maps for name, text in found["data"].items()}


def test_every_alarm_has_a_page_and_every_page_an_alarm() -> None:
    assert sorted(page_of(rule) for rule in RULES) == sorted(PAGES.keys() - {"README.md"}) == sorted(FIRES_WHEN)


def test_the_list_of_alarms_says_when_they_fire() -> None:
    for rule in RULES:
        row = FIRES_WHEN[page_of(rule)]
        duration = {"1m": "for a minute", "2m": "for 2 minutes", "5m": "for 5 minutes"}.get(rule.get("for", ""), "")
        assert duration in row, rule["alert"]
        assert duration or " for " not in row, rule["alert"]
        named = set(re.findall(r"\btodo_[a-z_]+\b", row))
        assert named, rule["alert"]
        assert all(any(metric.startswith(name) for metric in metrics_of(rule["expr"])) for name in named), rule["alert"]


def test_every_metric_that_is_asked_for_is_exported() -> None:
    for where, expression in asked().items():
        assert metrics_of(expression), where
        assert metrics_of(expression) <= EXPORTED.keys(), where


def test_every_metric_of_the_suite_is_watched() -> None:
    watched = {metric for expression in asked().values() for metric in metrics_of(expression)}
    unwatched = {name for name in own().keys() - watched if not name.endswith(("_sum", "_count"))}
    assert unwatched == set()


def test_labels_are_those_of_the_metrics_and_of_the_scraping() -> None:
    for where, expression in asked().items():
        known = SCRAPED.union(*(EXPORTED[metric] for metric in metrics_of(expression)))
        assert labels_of(expression) <= known, where


def test_texts_name_labels_that_the_result_has() -> None:
    for where, target in targets():
        assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= labels_of(target["expr"]), where
    for rule in RULES:
        text = " ".join(rule["annotations"].values())
        assert set(re.findall(r"\$labels\.(\w+)", text)) <= labels_of(rule["expr"]), rule["alert"]


def test_every_alarm_says_what_is_the_matter_and_what_to_do_next() -> None:
    for rule in RULES:
        assert rule["labels"]["severity"] in {"critical", "warning"}, rule["alert"]
        assert {"summary", "description"} <= rule["annotations"].keys(), rule["alert"]
        assert "Next: " in rule["annotations"]["description"], rule["alert"]


def test_dashboards_go_to_any_grafana() -> None:
    for name, dashboard in DASHBOARDS.items():
        variables = {variable["name"]: variable for variable in dashboard["templating"]["list"]}
        assert variables["datasource"]["type"] == "datasource", name
        asking = [*dashboard["panels"], *(variable for variable in variables.values() if variable["type"] == "query")]
        assert {found["datasource"]["uid"] for found in asking} == {"${datasource}"}, name
        assert all(panel["fieldConfig"]["defaults"]["unit"] for panel in dashboard["panels"]), name
        assert "://" not in json.dumps(dashboard), name


def test_panels_lead_to_the_pages_of_their_alarms() -> None:
    links = {
        link["url"]
        for dashboard in DASHBOARDS.values()
        for panel in dashboard["panels"]
        for link in panel.get("links", [])
    }
    assert {url.removeprefix("${runbooks:raw}/") for url in links} <= PAGES.keys()
    assert len(links) >= 5


def test_without_the_operator_nothing_of_it_is_made() -> None:
    assert of_kind("PodMonitor", rendered()) == of_kind("PrometheusRule", rendered()) == []
    assert dashboards(rendered()).keys() == DASHBOARDS.keys()
    off = rendered(
        *MONITORED, *(f"--set=monitoring.{part}.enabled=false" for part in ("podMonitor", "alerts", "dashboards"))
    )
    assert of_kind("PodMonitor", off) == of_kind("PrometheusRule", off) == []
    assert dashboards(off) == {}


def test_the_operators_rules_are_the_plain_ones_with_links_to_the_pages() -> None:
    for arguments, base in ((MONITORED, ""), (WITH_PAGES, "https://pages.example/alarms/")):
        [made] = of_kind("PrometheusRule", rendered(*arguments))
        rules = [rule for group in made["spec"]["groups"] for rule in group["rules"]]
        links = [rule["annotations"].pop("runbook_url", "") for rule in rules]
        assert links == [f"{base}{page_of(rule)}" if base else "" for rule in RULES]
        assert rules == RULES


def test_the_charts_dashboards_are_the_plain_ones_and_know_where_the_pages_are() -> None:
    for name, made in dashboards(rendered(*WITH_PAGES)).items():
        [runbooks] = [variable for variable in made["templating"]["list"] if variable["name"] == "runbooks"]
        assert runbooks["query"] == "https://pages.example/alarms"
        runbooks["query"] = ""
        assert made == DASHBOARDS[name]
    for name, made in dashboards(rendered(*MONITORED)).items():
        assert not any(panel.get("links") for panel in made["panels"]), name


def test_with_and_without_the_operator_the_same_is_scraped_under_the_same_names() -> None:
    [monitor] = of_kind("PodMonitor", rendered(*MONITORED))
    by_operator = {}
    for endpoint in monitor["spec"]["podMetricsEndpoints"]:
        steps = [
            (step.get("action", "replace"), tuple(step.get("sourceLabels", ())), step.get("targetLabel"))
            for step in endpoint["relabelings"]
        ]
        [job] = [step["replacement"] for step in endpoint["relabelings"] if step.get("targetLabel") == "job"]
        by_operator[job] = (endpoint["port"], {step for step in steps if step[2] != "job"})
    for plain in yaml.safe_load((PLAIN / "prometheus.yaml").read_text())["scrape_configs"]:
        steps = [
            (step.get("action", "replace"), tuple(step["source_labels"]), step.get("target_label"))
            for step in plain["relabel_configs"]
        ]
        [port] = [step["regex"] for step in plain["relabel_configs"] if "port_name" in step["source_labels"][0]]
        expected, relabelings = by_operator.pop(plain["job_name"])
        assert port == expected
        assert relabelings <= set(steps)
        assert {step[2] for step in steps} - {None} == SCRAPED - {"job"}
    assert by_operator == {}


def test_the_pods_have_what_the_scraping_looks_for() -> None:
    scraped = []
    for deployment in of_kind("Deployment", rendered(*MONITORED)):
        pod = deployment["spec"]["template"]
        assert pod["metadata"]["labels"]["app.kubernetes.io/part-of"] == "todo"
        assert [port["name"] for port in pod["spec"]["containers"][0]["ports"]] == ["http"]
        if pod["metadata"]["annotations"].get("dapr.io/enabled") == "true":
            scraped.append(pod["metadata"]["labels"]["app.kubernetes.io/name"])
    assert sorted(scraped) == ["audit-service", "notification-service", "recurring-tasks-service", "todo-backend"]
    names = set(re.findall(r'(?:deployment|consumergroup)=~"([^"$]+)"', " ".join(asked().values())))
    assert {name for found in names for name in found.split("|")} == {*scraped, "frontend"}


def test_the_alarms_fire_when_they_should() -> None:
    promtool = programs.installed("promtool", "prometheus")
    command = [promtool, "test", "rules", str(Path(__file__).with_name("alerts.test.yaml"))]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_service_exports_what_it_says_it_does() -> None:
    described = {metric.name for metric in REGISTRY.collect()}
    assert {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in own()} <= described
