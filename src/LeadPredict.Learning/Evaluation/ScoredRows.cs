using LeadPredict.Learning.Calibration;

namespace LeadPredict.Learning.Evaluation;

/// <summary>One scorer's probabilities and ranking, ready to be measured under any resample.</summary>
internal sealed class ScoredRows
{
    private readonly double[] _logLoss;
    private readonly double[] _brier;
    private readonly byte[] _ranked;
    private readonly Ranking _ranking;

    public ScoredRows(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> ranking, ReadOnlySpan<byte> labels)
    {
        _logLoss = new double[labels.Length];
        _brier = new double[labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            double miss = probabilities[row] - labels[row];
            _logLoss[row] = LogOdds.Loss(probabilities[row], labels[row] != 0);
            _brier[row] = miss * miss;
        }

        _ranking = new Ranking(ranking);
        _ranked = _ranking.Ranked(labels);
    }

    public RowFigures Figures(ReadOnlySpan<int> counts)
    {
        long total = 0;
        double logLoss = 0.0;
        double brier = 0.0;
        for (int row = 0; row < counts.Length; row++)
        {
            total += counts[row];
            logLoss += counts[row] * _logLoss[row];
            brier += counts[row] * _brier[row];
        }

        return new RowFigures(logLoss / total, brier / total, _ranking.Figures(_ranked, counts));
    }
}

/// <summary>Figures of one scorer on one resample.</summary>
internal readonly record struct RowFigures(double LogLoss, double Brier, RankFigures Rank);
