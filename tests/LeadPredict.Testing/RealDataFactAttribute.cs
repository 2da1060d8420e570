using Xunit;

namespace LeadPredict.Testing;

/// <summary>A test on real data: skipped, and shown as skipped by name, where the data is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute() => Skip = SharedFiles.SkipReason;
}

/// <summary>A test with cases on real data: skipped by name where the data is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute() => Skip = SharedFiles.SkipReason;
}
