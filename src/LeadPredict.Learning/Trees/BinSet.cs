namespace LeadPredict.Learning.Trees;

/// <summary>A set of bin numbers 0 to 255.</summary>
internal struct BinSet
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public void Add(int bin)
    {
        ulong bit = 1ul << (bin & 63);
        switch (bin >> 6)
        {
            case 0: _a |= bit; break;
            case 1: _b |= bit; break;
            case 2: _c |= bit; break;
            default: _d |= bit; break;
        }
    }

    public readonly bool Contains(int bin)
    {
        ulong word = (bin >> 6) switch { 0 => _a, 1 => _b, 2 => _c, _ => _d };
        return (word >> (bin & 63) & 1) != 0;
    }
}
