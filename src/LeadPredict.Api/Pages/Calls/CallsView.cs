using LeadPredict.Api.Boards;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Stages;
using LeadPredict.Storage.Boards;

namespace LeadPredict.Api.Pages.Calls;

/// <summary>What somebody wants to see of the call list. A filter that is null lets all through.</summary>
/// <param name="Capacity">How many can be called today; at least 1.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Source">The lead's source.</param>
/// <param name="Owner">Whose turn it is.</param>
/// <param name="Grade">The model's grade.</param>
/// <param name="Agreement">Where model and rules disagree: <c>model</c> or <c>rules</c> for the one that says more.</param>
/// <param name="Find">Part of the company's name, the job title or the identifier.</param>
/// <param name="Page">From 1.</param>
public sealed record CallsQuery(
    int Capacity, Stage? Stage = null, string? Source = null, string? Owner = null, string? Grade = null, string? Agreement = null, string? Find = null, int Page = 1)
{
    /// <summary>What of this the store is asked for.</summary>
    public CallFilter Filter => new(
        Stage?.ToString(),
        Source,
        Owner,
        Grade,
        Agreement switch
        {
            "model" => nameof(Scoring.Leads.Agreement.ModelHigher),
            "rules" => nameof(Scoring.Leads.Agreement.RulesHigher),
            _ => Agreement,
        },
        Find);

    /// <summary>The query as an address has it, at another page.</summary>
    public string Address(string path, int page) => path + QueryString.Create(new Dictionary<string, string?>
    {
        ["capacity"] = Capacity.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["stage"] = Stage?.ToString(),
        ["source"] = Source,
        ["owner"] = Owner,
        ["grade"] = Grade,
        ["agreement"] = Agreement,
        ["find"] = Find,
        ["page"] = page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is not null));
}

/// <summary>The call list as a page shows it.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="Board">What goes with the list.</param>
/// <param name="Definitions">The reasons in force.</param>
/// <param name="Now">The present instant.</param>
/// <param name="Totals">All that pass the filters, in figures.</param>
/// <param name="Rows">Those of this page.</param>
public sealed record CallsView(CallsQuery Query, CallBoard Board, HandOffDefinition Definitions, DateTimeOffset Now, CallTotals Totals, IReadOnlyList<CallRow> Rows)
{
    /// <summary>Rows on a page.</summary>
    public const int PageSize = 40;

    private const int UnknownCapacity = 20;

    /// <summary>Leads a day where nobody says how many: what was called on a working day of the last quarter, 20 when nobody was.</summary>
    public static int UsualCapacity(CallBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return board.Capacity?.ADay ?? UnknownCapacity;
    }

    /// <summary>The stages to choose from: those on the list, and the one that is asked for.</summary>
    public IEnumerable<Stage> Stages => Query.Stage is { } asked && !Board.Facets.Stages.Contains(asked) ? Board.Facets.Stages.Append(asked).Order() : Board.Facets.Stages;

    /// <summary>As <see cref="Stages"/>.</summary>
    public IEnumerable<string> Sources => With(Board.Facets.Sources, Query.Source);

    /// <summary>As <see cref="Stages"/>.</summary>
    public IEnumerable<string> Owners => With(Board.Facets.Owners, Query.Owner);

    /// <summary>Whether the chances are to close; of a model that knows no wins they are to become SQL.</summary>
    public bool IsToClose => Board.Goal != Stage.SalesQualified;

    /// <summary>What the chances are of, in words.</summary>
    public string Chance => IsToClose ? "to close" : "to become SQL";

    /// <summary>What is called a converted lead here.</summary>
    public string Win => IsToClose ? "win" : "SQL";

    /// <summary>The rows with their places in the list, from 1.</summary>
    public IEnumerable<(int Rank, CallRow Row)> Shown => Rows.Select((row, i) => (((Query.Page - 1) * PageSize) + i + 1, row));

    /// <summary>Pages; at least 1.</summary>
    public int Pages => Math.Max(1, (Totals.Leads + PageSize - 1) / PageSize);

    private static IEnumerable<string> With(IReadOnlyList<string> facets, string? asked) =>
        asked is null || facets.Contains(asked, StringComparer.Ordinal) ? facets : facets.Append(asked).Order(StringComparer.Ordinal);
}
