using LeadPredict.Testing.Postgres;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LeadPredict.Testing;

/// <summary>Marks a test class whose tests need a PostgreSQL server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;

/// <summary>A test of a contract that several classes inherit: skipped by name in those marked <see cref="NeedsPostgresAttribute"/> where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("LeadPredict.Testing.ContractFactDiscoverer", "LeadPredict.Testing")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>Finds contract tests for xunit, by the name given above.</summary>
public sealed class ContractFactDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new ContractTestCase(
            diagnostics, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>A contract test of one class; whether it is skipped depends on that class, which a plain fact cannot see.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("xunit makes one of these and then fills it")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute).AssemblyQualifiedName).Any()
            ? PostgresCluster.SkipReason!
            : base.GetSkipReason(factAttribute);
}
