"""Learns from the table of `leadpredict export-table` with XGBoost on Dask and writes the model as JSON.

    python3 train_dask.py TABLE.csv MODEL.json [--workers 2] [--scheduler tcp://HOST:8786] [--rounds 200]

Only rows of side train are read: the others calibrate and test the model when it comes back. Without --scheduler two
worker processes are started on this machine; with it the table must lie where every worker can read it.
"""
import argparse
import json
import pathlib

import dask.dataframe
import numpy
import xgboost.dask
from dask.distributed import Client, LocalCluster, wait


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="the CSV; several parts may be named with a *")
    parser.add_argument("model", help="where the model goes; the name must end in .json")
    parser.add_argument("--schema", help="the description; by default TABLE.schema.json")
    parser.add_argument("--scheduler", help="the address of a running Dask scheduler")
    parser.add_argument("--workers", type=int, default=2, help="worker processes to start without --scheduler")
    parser.add_argument("--blocksize", default="64MB", help="how much of the table one task reads")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--eta", type=float, default=0.05)
    parser.add_argument("--depth", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def read(client, table, names, blocksize):
    """The training rows, spread over all workers: features as 32-bit floats, empty cells missing, and labels."""
    types = {name: numpy.float32 for name in names}
    rows = dask.dataframe.read_csv(
        table, blocksize=blocksize, usecols=["side", "label", *names], dtype={**types, "side": str, "label": numpy.int8})
    rows = rows[rows["side"] == "train"]
    workers = sorted(client.scheduler_info()["workers"])
    rows = rows.repartition(npartitions=max(rows.npartitions, len(workers)))

    # Dealt out in turn: left to itself, the scheduler keeps a table that fits one worker on one worker.
    parts = [client.compute(part, workers=[workers[i % len(workers)]]) for i, part in enumerate(rows.to_delayed())]
    wait(parts)
    holders = {worker for places in client.who_has(parts).values() for worker in places}
    rows = dask.dataframe.from_delayed(parts, meta=rows._meta)
    return rows[names], rows["label"], len(holders)


def train(client, options):
    schema = options.schema or pathlib.Path(options.table).with_suffix(".schema.json")
    columns = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))["columns"]
    names, types = [column["name"] for column in columns], [column["type"] for column in columns]
    features, label, holders = read(client, options.table, names, options.blocksize)
    data = xgboost.dask.DaskDMatrix(client, features, label, feature_names=names, feature_types=types, enable_categorical=True)
    settings = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "eta": options.eta,
        "max_depth": options.depth,
        "min_child_weight": 5,
        "subsample": 0.8,
        "colsample_bytree": 0.8,
        "seed": options.seed,
    }
    booster = xgboost.dask.train(client, settings, data, num_boost_round=options.rounds)["booster"]
    return booster, {"rows": len(label), "workers": holders}


def main():
    options = arguments()
    if options.scheduler:
        client, workers = Client(options.scheduler), None
    else:
        workers = LocalCluster(n_workers=options.workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None)
        client = Client(workers)
    try:
        booster, learnt = train(client, options)
        booster.save_model(options.model)
        print(json.dumps({**learnt, "rounds": booster.num_boosted_rounds(), "model": options.model}))
    finally:
        client.close()
        if workers:
            workers.close()


if __name__ == "__main__":
    main()
