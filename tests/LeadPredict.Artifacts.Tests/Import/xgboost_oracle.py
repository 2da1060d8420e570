"""Trains small XGBoost models and writes what XGBoost itself says of hard rows: values at thresholds and one step of a
32-bit float beside them, missing values, categories that were never seen. Usage: xgboost_oracle.py FOLDER ROWS"""
import json
import sys

import numpy as np
import xgboost as xgb

folder, rows = sys.argv[1], int(sys.argv[2])
names, types = ["width", "count", "few", "many", "flag"], ["float", "int", "c", "c", "i"]
rng = np.random.default_rng(7)


def matrix(x, y=None):
    return xgb.DMatrix(x, y, feature_names=names, feature_types=types, enable_categorical=True)


def training(n=6000):
    x = np.column_stack([rng.normal(size=n), rng.poisson(4, n), rng.integers(0, 9, n), rng.integers(0, 45, n), rng.integers(0, 2, n)])
    odds = x[:, 0] + 0.2 * x[:, 1] + (x[:, 2] % 3 == 0) + 1.5 * (x[:, 3] % 7 < 2) * x[:, 4] - 2
    y = rng.random(n) < 1 / (1 + np.exp(-odds))
    x[rng.random(x.shape) < 0.1] = np.nan
    return x.astype(np.float32), y


def hard(model):
    x, _ = training(rows)
    for column in range(2):
        thresholds = np.array([c for t in model["trees"] for c, f, left in zip(t["split_conditions"], t["split_indices"], t["left_children"])
                               if left != -1 and f == column and not np.isnan(c)], dtype=np.float32)
        at = rng.choice(thresholds, rows)
        at = np.where(rng.random(rows) < 1 / 3, np.nextafter(at, np.float32(np.inf)), at)
        at = np.where(rng.random(rows) < 1 / 3, np.nextafter(at, np.float32(-np.inf)), at)
        x[:, column] = np.where(rng.random(rows) < 0.7, at, x[:, column])
    for column in (2, 3):
        x[:, column] = np.where(rng.random(rows) < 0.1, rng.choice([-1, 9, 31, 32, 45, 63, 64, 1000], rows), x[:, column])
    return x.astype(np.float32)


for name, options, rounds in [
    ("onehot", {"max_cat_to_onehot": 100, "max_depth": 6, "base_score": 0.5}, 100),
    ("sets", {"max_cat_to_onehot": 1, "max_depth": 8, "base_score": 0.3, "min_child_weight": 0.1}, 60),
    ("forest", {"max_cat_to_onehot": 4, "max_leaves": 40, "grow_policy": "lossguide", "max_depth": 0, "num_parallel_tree": 3, "subsample": 0.6}, 20),
]:
    booster = xgb.train({"objective": "binary:logistic", "tree_method": "hist", "eta": 0.2, "nthread": 2, **options}, matrix(*training()), rounds)
    path = f"{folder}/{name}.json"
    booster.save_model(path)
    model = json.load(open(path))["learner"]["gradient_booster"]["model"]
    x = hard(model)
    data = matrix(x)
    leaves = booster.predict(data, pred_leaf=True).astype(int)
    sums = np.zeros(rows)
    for tree, reached in zip(model["trees"], leaves.T):
        sums += np.array(tree["split_conditions"], dtype=np.float32).astype(float)[reached]
    x.tofile(f"{folder}/{name}.rows")
    sums.tofile(f"{folder}/{name}.sums")
    booster.predict(data).astype(np.float32).tofile(f"{folder}/{name}.probabilities")
    booster.predict(matrix(x[:3000]), pred_contribs=True).astype(np.float32).tofile(f"{folder}/{name}.contributions")
