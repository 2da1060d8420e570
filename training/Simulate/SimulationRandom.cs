namespace LeadPredict.Training.Simulate;

/// <summary>A small seeded generator (SplitMix64; Steele, Lea and Flood 2014) whose numbers do not depend on the runtime's version.</summary>
/// <remarks>Each account has its own, so an account's history does not depend on how many others there are before it.</remarks>
internal sealed class SimulationRandom(long seed, long stream)
{
    private ulong _state = Mix(unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ Mix(unchecked((ulong)stream + 0x632BE59BD9B4E019UL)));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [from, to).</summary>
    public double Between(double from, double to) => from + ((to - from) * NextDouble());

    /// <summary>Whole and uniform in [from, to), <paramref name="to"/> excluded.</summary>
    public int Whole(int from, int to) => from + (int)(NextDouble() * (to - from));

    /// <summary>True with the probability given.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Exponential with the mean given.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary>Normal, by Box and Muller.</summary>
    public double Normal(double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble()));

    /// <summary>One of the items, all alike.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Whole(0, items.Count)];

    /// <summary>One of the items by weight.</summary>
    public T Pick<T>(IReadOnlyList<(T Item, double Weight)> items)
    {
        double total = 0;
        foreach ((_, double weight) in items)
        {
            total += weight;
        }

        double left = NextDouble() * total;
        foreach ((T item, double weight) in items)
        {
            left -= weight;
            if (left < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private ulong NextBits() => Mix(_state = unchecked(_state + 0x9E3779B97F4A7C15UL));
}
