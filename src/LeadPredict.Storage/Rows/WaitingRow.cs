using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Time;

namespace LeadPredict.Storage.Rows;

/// <summary>A row that came before its lead, as it waits.</summary>
internal sealed record WaitingRow(string LeadId, string Kind, string Id, string Content)
{
    /// <summary>The kind of an attribute that waits.</summary>
    public const string Attribute = "attribute";

    private const string Touch = "touch", Transition = "transition", Outcome = "outcome";

    public static WaitingRow Of(HistoryRow row) => row switch
    {
        Touch touch => Write(touch, Touch, touch.Id, StoredTouch.Of(touch)),
        AttributeChange change => Write(change, Attribute, Mark(change), StoredAttribute.Of(change)),
        StageTransition transition => Write(transition, Transition, transition.Id, StoredTransition.Of(transition)),
        Outcome outcome => Write(outcome, Outcome, Worth(outcome), StoredOutcome.Of(outcome)),
        _ => throw new ArgumentException($"{row.GetType().Name} is no row that can wait", nameof(row)),
    };

    /// <summary>The rows as a batch again.</summary>
    public static HistoryBatch Batch(IReadOnlyList<WaitingRow> rows) => new()
    {
        Delivered = true,
        Touches = [.. Read<StoredTouch>(rows, Touch).Select(row => row.Stored.ToTouch(row.LeadId))],
        Attributes = [.. Read<StoredAttribute>(rows, Attribute).Select(row => row.Stored.ToChange(row.LeadId))],
        Transitions = [.. Read<StoredTransition>(rows, Transition).Select(row => row.Stored.ToTransition(row.LeadId))],
        Outcomes = [.. Read<StoredOutcome>(rows, Outcome).Select(row => row.Stored.ToOutcome(row.LeadId))],
    };

    /// <summary>What a delivered change is known by beside its lead: 128 bits of the SHA-256 of name, OccurredAt and value.</summary>
    public static string Mark(AttributeChange change)
    {
        string content = string.Create(
            CultureInfo.InvariantCulture, $"{change.Name}\n{UtcTime.ToMicroseconds(change.OccurredAt)}\n{(int)change.Value.Kind}\n{change.Value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));
    }

    /// <summary>An outcome waits again where it comes with another worth: it corrects the first.</summary>
    private static string Worth(Outcome outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"{outcome.Id}\n{outcome.Amount:G29}\n{outcome.Currency}");

    private static WaitingRow Write<T>(HistoryRow row, string kind, string id, T stored) => new(row.LeadId, kind, id, JsonSerializer.Serialize(stored));

    private static IEnumerable<(string LeadId, T Stored)> Read<T>(IReadOnlyList<WaitingRow> rows, string kind) =>
        rows.Where(row => row.Kind == kind).Select(row => (row.LeadId, JsonSerializer.Deserialize<T>(row.Content)!));
}
