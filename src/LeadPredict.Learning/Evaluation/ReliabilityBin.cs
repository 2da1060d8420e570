namespace LeadPredict.Learning.Evaluation;

/// <summary>Rows of neighbouring probability: what was promised and what happened.</summary>
/// <param name="N">Rows, at least 1.</param>
/// <param name="Positives">Rows that converted.</param>
/// <param name="MeanPredicted">Mean probability.</param>
/// <param name="ObservedRate"><paramref name="Positives"/> / <paramref name="N"/>.</param>
/// <param name="ObservedLow">Lower end of the 95 % interval of the observed rate; Wilson 1927.</param>
/// <param name="ObservedHigh">Upper end of that interval.</param>
public sealed record ReliabilityBin(int N, int Positives, double MeanPredicted, double ObservedRate, double ObservedLow, double ObservedHigh);
