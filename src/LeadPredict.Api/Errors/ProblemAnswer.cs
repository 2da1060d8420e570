using System.Text.Json.Serialization;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Errors;

/// <summary>An error as RFC 9457 writes it, <c>application/problem+json</c>.</summary>
public sealed record ProblemAnswer
{
    /// <summary>The kind of problem; <c>about:blank</c> means the status says it all.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened and what to do, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The faults of the request with pointers by JSON names; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RequestFault>? Errors { get; init; }

    /// <summary>Detail and faults in one text, which is all that clients of the Open Inference Protocol read; there under <c>/v2</c> alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The same with <see cref="Error"/>.</summary>
    internal ProblemAnswer InOneText() => this with { Error = Errors is null ? Detail ?? Title : $"{Detail ?? Title} {RequestFault.InWords(Errors)}" };
}
