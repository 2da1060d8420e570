using LeadPredict.Api.Boards;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Stages;

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
    /// <summary>The rows of a board that pass, in its order.</summary>
    public IEnumerable<CallRow> Of(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return board.Calls.Where(row =>
            (Stage is null || row.Stage == Stage)
            && (Source is null || row.Source == Source)
            && (Owner is null || row.Next.Owner == Owner)
            && (Grade is null || row.Grade == Grade)
            && (Agreement is null || row.Agreement == (Agreement == "model" ? Scoring.Leads.Agreement.ModelHigher : Scoring.Leads.Agreement.RulesHigher))
            && (Find is null || Has(row.Account) || Has(row.JobTitle) || Has(row.LeadId)));
    }

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

    private bool Has(string? text) => text?.Contains(Find!, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>The call list as a page shows it.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="Board">The board.</param>
/// <param name="Definitions">The reasons in force.</param>
public sealed record CallsView(CallsQuery Query, Board Board, HandOffDefinition Definitions)
{
    /// <summary>Rows on a page.</summary>
    public const int PageSize = 40;

    /// <summary>All that pass the filters.</summary>
    public IReadOnlyList<CallRow> Rows { get; } = [.. Query.Of(Board)];

    /// <summary>Those of this page.</summary>
    public IEnumerable<(int Rank, CallRow Row)> Shown => Rows.Skip((Query.Page - 1) * PageSize).Take(PageSize).Select((row, i) => (((Query.Page - 1) * PageSize) + i + 1, row));

    /// <summary>Those that can be called today.</summary>
    public IEnumerable<CallRow> Today => Rows.Take(Query.Capacity);

    /// <summary>Pages; at least 1.</summary>
    public int Pages => Math.Max(1, (Rows.Count + PageSize - 1) / PageSize);
}
