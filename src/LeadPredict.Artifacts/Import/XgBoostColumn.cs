using LeadPredict.Learning.Tables;

namespace LeadPredict.Artifacts.Import;

/// <summary>Where a column of an XGBoost model lies in a row of this project's.</summary>
/// <param name="Index">Its place in the row.</param>
/// <param name="Column">What the row holds there.</param>
/// <param name="FirstCode">For categories: this project's code of XGBoost's code 0; the codes below it are ones that XGBoost has never seen.</param>
public readonly record struct XgBoostColumn(int Index, FeatureColumn Column, int FirstCode);
