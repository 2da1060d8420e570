namespace LeadPredict.Api.Requests;

/// <summary>How much one request may hold.</summary>
public static class RequestLimits
{
    /// <summary>Bytes of a body.</summary>
    public const int BodyBytes = 4 * 1024 * 1024;

    /// <summary>Items of one request that brings history.</summary>
    public const int Items = 10_000;

    /// <summary>Bytes of a batch's body, decompressed. Each item of it may be as large as a body.</summary>
    public const long BatchBytes = 1L << 30;

    /// <summary>Objects and arrays inside each other.</summary>
    public const int Depth = 32;

    /// <summary>Touches of a lead.</summary>
    public const int Touches = 10_000;

    /// <summary>Transitions of a lead, and outcomes.</summary>
    public const int Transitions = 1_000;

    /// <summary>Attributes of a lead, and properties of a touch.</summary>
    public const int Attributes = 500;

    /// <summary>Values of one attribute over time.</summary>
    public const int AttributeValues = 1_000;

    /// <summary>Characters of identifiers and names.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of other text.</summary>
    public const int TextLength = 10_000;

    /// <summary>Faults told of one request.</summary>
    public const int Faults = 20;
}
