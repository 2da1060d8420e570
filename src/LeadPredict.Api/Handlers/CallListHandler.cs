using System.Globalization;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Boards;
using LeadPredict.Api.Pages.Calls;
using LeadPredict.Api.Requests;
using LeadPredict.Funnel.Measures;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Handlers;

/// <summary>The call list as data: the same leads, filters and order as on the page.</summary>
internal sealed class CallListHandler(CallKeeper calls)
{
    /// <summary>Leads in one answer, at most.</summary>
    public const int MostLeads = 1000;

    /// <summary>Leads in an answer that does not say how many.</summary>
    public const int UsualLeads = 100;

    /// <summary>Characters of a text in the query.</summary>
    public const int LongestText = 100;

    /// <summary>Characters of a source or an owner in the query: the store may hold longer ones than anybody types.</summary>
    public const int LongestName = 1000;

    /// <summary>The grades.</summary>
    public static readonly string[] Grades = ["A", "B", "C", "D"];

    /// <summary>Who may say more than the other.</summary>
    public static readonly string[] Agreements = ["model", "rules"];

    private static readonly string[] Known = ["sort", "limit", "offset", "stage", "source", "owner", "grade", "agreement", "find"];

    /// <summary>The orders by name.</summary>
    public static readonly IReadOnlyDictionary<string, CallOrder> Orders = new Dictionary<string, CallOrder>(StringComparer.Ordinal)
    {
        ["worth"] = CallOrder.Worth,
        ["probability"] = CallOrder.Probability,
        ["points"] = CallOrder.Points,
        ["due"] = CallOrder.Due,
        ["waiting"] = CallOrder.Waiting,
    };

    /// <summary>Reads the query strictly and answers it.</summary>
    /// <exception cref="RequestFaultsException">A parameter is unknown or holds something else than it may.</exception>
    public async Task<CallListAnswer> GetAsync(IQueryCollection query, CancellationToken cancellation)
    {
        QueryNames.Demand(query, Known);
        string sort = Text(query, "sort") ?? "worth";
        if (!Orders.TryGetValue(sort, out CallOrder order))
        {
            throw new RequestFaultsException("/sort", $"'{ShownText.Of(sort)}'", "one of " + string.Join(", ", Orders.Keys));
        }

        int limit = Number(query, "limit", 1, MostLeads) ?? UsualLeads;
        int offset = Number(query, "offset", 0, int.MaxValue) ?? 0;
        var filter = new CallsQuery(
            1,
            StageOf(Text(query, "stage")),
            SourceOf(Text(query, "source", LongestName)),
            Text(query, "owner", LongestName),
            GradeOf(Text(query, "grade")),
            AgreementOf(Text(query, "agreement")),
            Text(query, "find"));
        CallBoard board = await calls.GetAsync(cancellation);
        CallTotals totals = await calls.TotalAsync(filter, board, cancellation);
        return new(board.AsOf, board.Model, board.Goal, board.Deals?.Currency, totals.Leads, await calls.List.ReadAsync(filter.Filter, order, offset, limit, cancellation));
    }

    /// <summary>A stage to filter by; null for all.</summary>
    /// <exception cref="RequestFaultsException">It is no stage.</exception>
    public static Stage? StageOf(string? text) => text is null ? null
        : Enum.TryParse(text, out Stage stage) && Enum.IsDefined(stage) && !char.IsAsciiDigit(text[0]) ? stage
        : throw new RequestFaultsException("/stage", $"'{ShownText.Of(text)}'", "one of " + string.Join(", ", Enum.GetNames<Stage>()));

    /// <summary>A source to filter by, as the list names it, which cuts what is too long to be shown; null for all.</summary>
    public static string? SourceOf(string? text) => text is null ? null : SegmentNames.Of(text);

    /// <summary>A grade to filter by; null for all.</summary>
    /// <exception cref="RequestFaultsException">It is no grade.</exception>
    public static string? GradeOf(string? text) => OneOf("grade", text, Grades);

    /// <summary>Which of the two says more, to filter by; null for all.</summary>
    /// <exception cref="RequestFaultsException">It is neither.</exception>
    public static string? AgreementOf(string? text) => OneOf("agreement", text, Agreements);

    private static string? OneOf(string name, string? text, string[] allowed) => text is null || allowed.Contains(text, StringComparer.Ordinal) ? text
        : throw new RequestFaultsException("/" + name, $"'{ShownText.Of(text)}'", "one of " + string.Join(", ", allowed));

    private static int? Number(IQueryCollection query, string name, int least, int most) => Text(query, name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
        : throw new RequestFaultsException("/" + name, $"'{ShownText.Of(text)}'", FormattableString.Invariant($"a whole number from {least} to {most}"));

    private static string? Text(IQueryCollection query, string name, int longest = LongestText) => query[name] switch
    {
        [] => null,
        [{ Length: > 0 } text] when text.Length <= longest => StoredText.Demand(name, text),
        var found => throw new RequestFaultsException("/" + name, found.Count > 1 ? "more than one value" : $"nothing, or more than {longest} characters", $"one text of 1 to {longest} characters"),
    };
}
