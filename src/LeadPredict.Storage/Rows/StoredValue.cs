using LeadPredict.Funnel.Leads;

namespace LeadPredict.Storage.Rows;

/// <summary>A row of <c>attributes</c> with the lead it is about.</summary>
internal sealed class StoredValue
{
    public string LeadId { get; set; } = "";

    public string Name { get; set; } = "";

    public long OccurredAt { get; set; }

    public long RecordedAt { get; set; }

    public int Kind { get; set; }

    public string? Text { get; set; }

    public double? Number { get; set; }

    public AttributeChange ToChange() =>
        new StoredAttribute { Name = Name, OccurredAt = OccurredAt, RecordedAt = RecordedAt, Kind = Kind, Text = Text, Number = Number }.ToChange(LeadId);
}
