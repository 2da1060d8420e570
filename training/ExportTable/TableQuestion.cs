using LeadPredict.Funnel.Stages;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;

namespace LeadPredict.Training.ExportTable;

/// <summary>What a table's label says of its rows.</summary>
internal enum TableQuestion
{
    /// <summary>Whether the lead became SQL within the horizon.</summary>
    Sql,

    /// <summary>Whether the lead was won, counted from the funnel's entry stage.</summary>
    Close,
}

/// <summary>The one-link funnel that a question is asked in, so that one label answers it.</summary>
internal static class TableQuestions
{
    /// <summary>Cuts a company's funnel down to the question. The close of a funnel of two links may take as long as both of them.</summary>
    /// <exception cref="RefusalException">The funnel cannot answer the question.</exception>
    public static FunnelDefinition Cut(FunnelDefinition funnel, TableQuestion question)
    {
        if (question == TableQuestion.Sql)
        {
            return funnel.Qualify is { } qualify
                ? FunnelDefinition.Create([funnel.Entry, Stage.SalesQualified], qualifyHorizon: qualify.Horizon, start: funnel.Start)
                : throw new RefusalException("The funnel does not date sales qualification: there is no table for --question sql. Try --question close.");
        }

        if (funnel.Close is null)
        {
            throw new RefusalException("The funnel does not know wins: there is no table for --question close. Try --question sql.");
        }

        TimeSpan horizon = funnel.Horizon;
        return horizon.TotalDays <= 1000
            ? FunnelDefinition.Create([funnel.Entry, Stage.Won], closeHorizon: horizon, start: funnel.Start)
            : throw new RefusalException($"The links of the funnel take {horizon.TotalDays:0} days together; expected at most 1,000 for --question close.");
    }

    /// <summary>The label of a row of the cut funnel; null where the horizon has not decided it.</summary>
    public static bool? Label(this TableQuestion question, HistoryRow row) =>
        (question == TableQuestion.Sql ? row.Qualified : row.Closed)?.Converted;

    /// <summary>The probability's name, as people read it.</summary>
    public static string Probability(this TableQuestion question) => question == TableQuestion.Sql ? ProbabilityName.Sql : ProbabilityName.Close;
}
