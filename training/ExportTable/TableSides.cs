using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;
using LeadPredict.Funnel.Splits;
using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ExportTable;

/// <summary>
/// A history in three parts that go forward in time: to learn from, to calibrate on, to test on. The test is the one that <c>train</c> holds
/// out; what lies before it is split once more by the same rules, so horizons never reach into the next part and no account stands in two.
/// </summary>
internal sealed record TableSides
{
    /// <summary>The first instant of the rows to calibrate on.</summary>
    public required DateTimeOffset CalibrateFrom { get; init; }

    /// <summary>To learn from: decided before <see cref="CalibrateFrom"/>.</summary>
    public required IReadOnlyList<HistoryRow> Train { get; init; }

    /// <summary>To calibrate on: asked from <see cref="CalibrateFrom"/> on, decided before the test, of accounts that nothing was learnt from.</summary>
    public required IReadOnlyList<HistoryRow> Calibrate { get; init; }

    /// <summary>To test on.</summary>
    public required IReadOnlyList<HistoryRow> Test { get; init; }

    /// <summary>Rows of no side: their horizon crosses <see cref="CalibrateFrom"/>, or their account is in the part before.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The SHA-256 of which row stands on which side with which label: equal ones mean the same split of the same rows.</summary>
    public string Fingerprint(TableQuestion question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string side, IReadOnlyList<HistoryRow> rows) in new[] { ("train", Train), ("calibrate", Calibrate), ("test", Test) })
        {
            foreach (HistoryRow row in rows)
            {
                string line = FormattableString.Invariant($"{side}\n{row.LeadId}\n{row.AsOf.UtcTicks}\n{question.Label(row)}\n");
                hash.AppendData(Encoding.UTF8.GetBytes(line));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <exception cref="RefusalException">The history is too short for three parts.</exception>
    public static TableSides Of(HistoryExamples examples)
    {
        TimeSpan horizon = examples.Funnel.Links[0].Horizon;
        TrainingExample[] before = [.. examples.Train.Select(row => Example(row, horizon))];
        ForwardSplit split = Split(before, examples.TestStart);
        var train = new List<HistoryRow>();
        var later = new List<HistoryRow>();
        for (int i = 0; i < before.Length; i++)
        {
            SplitSide side = split.SideOf(before[i]);
            if (side == SplitSide.Train)
            {
                train.Add(examples.Train[i]);
            }
            else if (side is SplitSide.Test or SplitSide.NotEpisodeStart)
            {
                later.Add(examples.Train[i]);
            }
        }

        // Later snapshots of an episode are scored in use, so they are calibrated on too, where their account is new.
        HashSet<int> learnt = [.. train.Select(row => row.Group)];
        HistoryRow[] calibrate = [.. later.Where(row => !learnt.Contains(row.Group))];
        return new()
        {
            CalibrateFrom = split.TestStart,
            Train = train,
            Calibrate = calibrate,
            Test = examples.Test,
            LeftOut = examples.Train.Count - train.Count - calibrate.Length,
        };
    }

    private static ForwardSplit Split(TrainingExample[] before, DateTimeOffset testStart)
    {
        try
        {
            return ForwardSplit.Of(before, testStart);
        }
        catch (SplitNotPossibleException tooShort)
        {
            throw new RefusalException($"There is no room for rows to calibrate on between those to learn from and the test: {tooShort.Message}.", tooShort);
        }
    }

    /// <summary>A row of a funnel of one link as the example it was made of.</summary>
    private static TrainingExample Example(HistoryRow row, TimeSpan horizon) => new()
    {
        Target = row.Qualified is null ? Target.Close : Target.Qualify,
        GroupKey = row.Group.ToString(CultureInfo.InvariantCulture),
        LeadId = row.LeadId,
        AsOf = row.AsOf,
        MaturesAt = row.AsOf + horizon,
        Label = (row.Qualified ?? row.Closed)!.Value.Converted ? Label.Converted : Label.NotConverted,
        EpisodeStage = Stage.MarketingQualified,
        EpisodeOrdinal = 0,
        IsEpisodeStart = row.IsEntry,
        Weight = 1,
    };
}
