using System.Globalization;
using System.Text.Json.Serialization;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Evaluation;

namespace LeadPredict.Api.Boards;

/// <summary>What the champion's chances promised and what happened, by the month (UTC) in which they were given: as soon as the entry was known, from when on the horizon counts. Immutable.</summary>
/// <param name="From">The question: a lead's way from here.</param>
/// <param name="To">To here.</param>
/// <param name="Months">In order of time; empty without decided leads.</param>
public sealed record KeptPromises(Stage From, Stage To, IReadOnlyList<MonthPromise> Months)
{
    private const int LatestMonths = 3;

    /// <summary>The share that converted of the last three months together, with its 95 % interval; null without decided leads.</summary>
    [JsonIgnore]
    public ShareEstimate? Latest
    {
        get
        {
            MonthPromise[] last = [.. Months.TakeLast(LatestMonths)];
            int leads = last.Sum(month => month.Leads);
            if (leads == 0)
            {
                return null;
            }

            int converted = last.Sum(month => (int)Math.Round(month.Happened * month.Leads));
            (double low, double high) = WilsonInterval.Of(converted, leads);
            return new((double)converted / leads, low, high);
        }
    }

    /// <summary>Counts decided leads by month.</summary>
    public static KeptPromises Of(DecidedLeads decided)
    {
        ArgumentNullException.ThrowIfNull(decided);
        return new(
            decided.From,
            decided.To,
            [
                .. decided.Leads.Where(lead => lead.Step == 0).GroupBy(lead => lead.At.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Select(month =>
                {
                    int converted = month.Count(lead => lead.Converted);
                    (double low, double high) = WilsonInterval.Of(converted, month.Count());
                    return new MonthPromise(month.Key, month.Count(), month.Average(lead => (double)lead.Promised), (double)converted / month.Count(), low, high);
                }),
            ]);
    }
}

/// <summary>The leads of one month: promised and happened.</summary>
/// <param name="Month">As <c>2025-07</c>, UTC: when the chances were given.</param>
/// <param name="Leads">Decided leads.</param>
/// <param name="Promised">The mean of the champion's chances.</param>
/// <param name="Happened">The share that converted.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record MonthPromise(string Month, int Leads, double Promised, double Happened, double Low, double High);
