using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Models;

namespace LeadPredict.Learning.Training;

/// <summary>A trained model and what training learnt on the way.</summary>
/// <param name="Model">Ready to serve.</param>
/// <param name="OutOfFoldRaw">For each training row the raw score of a model that did not learn from its group; empty after a <see cref="TrainerOptions.SingleFit"/>.</param>
/// <param name="OutOfFoldProbability">Those scores through a calibration of the model's method fitted to the other folds; empty after a single fit.</param>
/// <param name="Calibration">The calibration method used; never <see cref="CalibrationMethod.Auto"/>.</param>
/// <param name="TreesUsed">The number of trees of the model; 0 without trees.</param>
/// <param name="Learner">The learner's name.</param>
public sealed record TrainedModel(
    ScoreModel Model,
    double[] OutOfFoldRaw,
    double[] OutOfFoldProbability,
    CalibrationMethod Calibration,
    int TreesUsed,
    string Learner);
