"""Compares the recurrence engine with the oracle on random rules and prints a table: `make bench-rules`."""

import argparse

from tests.recurrence.samples import compare, samples


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-rules")
    parser.add_argument("--number", type=int, default=100_000, help="of rules")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    results = [compare(sample) for sample in samples(given.seed, given.number)]
    disagreements = [text for _, text in results if text]
    times = sorted(1000 * seconds for seconds, _ in results)
    print(*disagreements[:20], sep="\n")
    print(f"{'rules':>8} {'disagree':>9} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8}")
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{len(results):>8} {len(disagreements):>9} {p50:>8.2f} {p99:>8.2f} {times[-1]:>8.2f}")
    raise SystemExit(bool(disagreements))


if __name__ == "__main__":
    main()
