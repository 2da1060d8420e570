namespace LeadPredict.Training.Train;

/// <summary>A model as <c>--json</c> names it beside its figures.</summary>
internal sealed record MeasuredModel(string Name, int Version);
