using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Simulate;

/// <summary>What is to be simulated.</summary>
/// <param name="Leads">How many leads; <see cref="FewestLeads"/> to <see cref="MostLeads"/>.</param>
/// <param name="Seed">The seed; the same seed and number of leads make the same bytes.</param>
internal sealed record SimulationOptions(int Leads, long Seed = SimulationOptions.DefaultSeed)
{
    public const int FewestLeads = 100;
    public const int MostLeads = 1_000_000;
    public const long DefaultSeed = 1;

    /// <summary>The options, or a refusal when they are out of range.</summary>
    public SimulationOptions Checked() => Leads is >= FewestLeads and <= MostLeads
        ? this
        : throw new RefusalException($"--leads is {Leads}; expected {FewestLeads} to {MostLeads:N0}");
}
