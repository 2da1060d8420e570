namespace LeadPredict.Learning.Evaluation;

/// <summary>Cuts a ranking into bands of about equal count without parting equal scores.</summary>
internal static class ScoreBands
{
    /// <summary>Each run of equal scores belongs to the band that its middle falls into; bands without rows are left out.</summary>
    public static IReadOnlyList<ScoreBand> Of(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels, int bandCount)
    {
        int[] rows = new int[bandCount];
        int[] positives = new int[bandCount];
        double[] low = new double[bandCount];
        double[] high = new double[bandCount];
        int seen = 0;
        foreach (ArraySegment<int> tie in new Ranking(scores).Ties())
        {
            int band = (int)((seen + (tie.Count / 2.0)) * bandCount / scores.Length);
            double score = scores[tie[0]];
            if (rows[band] == 0)
            {
                high[band] = score;
            }

            low[band] = score;
            rows[band] += tie.Count;
            foreach (int row in tie)
            {
                positives[band] += labels[row];
            }

            seen += tie.Count;
        }

        List<ScoreBand> bands = [];
        for (int band = 0; band < bandCount; band++)
        {
            if (rows[band] > 0)
            {
                (double rateLow, double rateHigh) = WilsonInterval.Of(positives[band], rows[band]);
                bands.Add(new ScoreBand(
                    band + 1, rows[band], positives[band], low[band], high[band], (double)positives[band] / rows[band], rateLow, rateHigh));
            }
        }

        return bands;
    }
}
