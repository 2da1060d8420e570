namespace LeadPredict.Learning.Evaluation;

/// <summary>About a tenth of the rows by rank. Equal scores are never parted, so bands differ in size and a coarse score has fewer than ten.</summary>
/// <param name="Band">The tenth that the band's middle lies in: 1 is the best, 10 the worst.</param>
/// <param name="N">Rows, at least 1.</param>
/// <param name="Positives">Rows that converted.</param>
/// <param name="ScoreLow">Lowest score in the band.</param>
/// <param name="ScoreHigh">Highest score in the band.</param>
/// <param name="Rate"><paramref name="Positives"/> / <paramref name="N"/>.</param>
/// <param name="RateLow">Lower end of the 95 % interval of the rate; Wilson 1927.</param>
/// <param name="RateHigh">Upper end of that interval.</param>
public sealed record ScoreBand(int Band, int N, int Positives, double ScoreLow, double ScoreHigh, double Rate, double RateLow, double RateHigh);
