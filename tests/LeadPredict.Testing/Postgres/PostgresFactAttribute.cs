using Xunit;

namespace LeadPredict.Testing.Postgres;

/// <summary>A test with a PostgreSQL server: skipped by name where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresCluster.SkipReason;
}

/// <summary>Tests with cases and a PostgreSQL server: skipped by name where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresCluster.SkipReason;
}
