namespace LeadPredict.Features;

/// <summary>A feature schema is wrong, or nothing can be learned from the rows it should be made of.</summary>
public sealed class FeatureSchemaException : Exception
{
    /// <summary>Says what was found, where, and what was expected.</summary>
    public FeatureSchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was found, where, and what was expected.</summary>
    public FeatureSchemaException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>For serialisers; prefer the one with a message.</summary>
    public FeatureSchemaException()
    {
    }
}
