using LeadPredict.Api.Ingest.Sources;
using LeadPredict.Storage;
using LeadPredict.Training.Import.Rows;

namespace LeadPredict.Training.Import.Running;

/// <summary>Finds leads whose identifier is that of an unknown one written otherwise: with 15 characters or 18, in braces or not, in capitals or not.</summary>
internal sealed class NearNames(IHistoryStore store)
{
    private const int Short = 15, Whole = 18, MostAsked = 1000;
    private int _asked;

    /// <summary>What is told of a lead that no file made, with the lead that was meant where there is one.</summary>
    public async Task<IReadOnlyList<Reject>> TellAsync(string unknown, IReadOnlyList<Reject> mentions, CancellationToken ct) =>
        await FindAsync(unknown, ct) is { } near
            ? [.. mentions.Select(mention => mention with { Reason = $"is a lead that no file made, but '{near}' is one; identifiers must be written alike" })]
            : mentions;

    private async Task<string?> FindAsync(string unknown, CancellationToken ct)
    {
        // Where all of a file is of unknown leads, the first tell enough.
        foreach (string name in _asked < MostAsked ? Others(unknown) : [])
        {
            _asked++;
            if (await store.FindAccountOfLeadAsync(name, ct) is not null)
            {
                return name;
            }
        }

        return null;
    }

    private static IEnumerable<string> Others(string name)
    {
        IEnumerable<string> others = Guid.TryParse(name, out Guid guid)
            ? new[] { guid.ToString("D"), guid.ToString("B") }.SelectMany(text => new[] { text, text.ToUpperInvariant() })
            : name.Length == Whole && SalesforceId.Whole(name[..Short]) == name ? [name[..Short]] : [SalesforceId.Whole(name)];
        return others.Where(other => other != name);
    }
}
