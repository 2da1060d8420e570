namespace LeadPredict.Learning.Logistic;

/// <summary>
/// Adds up <c>Σ curvature x x'</c> over rows x: element by element in the order of the rows, whichever way is sooner, so that both give the
/// same bits.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class CurvatureSum
{
    /// <summary>So many rows are best added at once: with zeros written out, a line of the sum is then read and written once for all of them.</summary>
    public const int AtOnce = 64;

    /// <summary>Where rows have so many numbers, and one more for each <see cref="PlacesForNumber"/> places, vectors with their zeros are sooner than numbers placed one by one.</summary>
    private const int LeastNumbers = 15;

    private const int PlacesForNumber = 5;

    private readonly SparseRows _rows;
    private readonly int _size;
    private readonly double[]? _chunk;

    /// <param name="rows">The rows.</param>
    /// <param name="size">How many numbers a row has, zeros included.</param>
    /// <param name="numbers">Of the rows that will be added.</param>
    public CurvatureSum(SparseRows rows, int size, ReadOnlySpan<int> numbers)
    {
        (_rows, _size) = (rows, size);
        long written = 0;
        foreach (int row in numbers)
        {
            written += rows.Places(row).Length;
        }

        bool dense = written >= (long)numbers.Length * (LeastNumbers + (size / PlacesForNumber));
        _chunk = dense ? new double[AtOnce * size] : null;
    }

    /// <summary>Whether zeros are multiplied too.</summary>
    public bool IsDense => _chunk is not null;

    /// <summary>Adds rows to the lower triangle.</summary>
    /// <param name="numbers">Of the rows, at most <see cref="AtOnce"/>.</param>
    /// <param name="curvatures">One a row.</param>
    /// <param name="sum">Row-major, size × size.</param>
    public void Add(ReadOnlySpan<int> numbers, ReadOnlySpan<double> curvatures, Span<double> sum)
    {
        if (_chunk is null)
        {
            AddSparse(numbers, curvatures, sum);
        }
        else
        {
            AddDense(numbers, curvatures, _chunk, sum);
        }
    }

    /// <summary>Number by number: the obvious way, and the sooner one for rows that are mostly 0.</summary>
    private void AddSparse(ReadOnlySpan<int> numbers, ReadOnlySpan<double> curvatures, Span<double> sum)
    {
        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<int> places = _rows.Places(numbers[row]);
            ReadOnlySpan<float> values = _rows.Values(numbers[row]);
            for (int i = 0; i < places.Length; i++)
            {
                AddPlaces(places[..(i + 1)], values, curvatures[row] * values[i], sum.Slice(places[i] * _size, _size));
            }
        }
    }

    private static void AddPlaces(ReadOnlySpan<int> places, ReadOnlySpan<float> values, double scaled, Span<double> line)
    {
        for (int j = 0; j < places.Length; j++)
        {
            line[places[j]] += scaled * values[j];
        }
    }

    private void AddDense(ReadOnlySpan<int> numbers, ReadOnlySpan<double> curvatures, double[] chunk, Span<double> sum)
    {
        Array.Clear(chunk);
        for (int row = 0; row < numbers.Length; row++)
        {
            ReadOnlySpan<int> places = _rows.Places(numbers[row]);
            ReadOnlySpan<float> values = _rows.Values(numbers[row]);
            for (int i = 0; i < places.Length; i++)
            {
                chunk[(row * _size) + places[i]] = values[i];
            }
        }

        // Rows that fill up the last four are multiplied by 0.
        Span<int> starts = stackalloc int[AtOnce];
        Span<double> scaled = stackalloc double[AtOnce];
        for (int place = 0; place < _size; place++)
        {
            int filled = 0;
            scaled.Clear();
            for (int row = 0; row < numbers.Length; row++)
            {
                double value = chunk[(row * _size) + place];
                if (value != 0)
                {
                    starts[filled] = row * _size;
                    scaled[filled++] = curvatures[row] * value;
                }
            }

            for (int at = 0; at < filled; at += 4)
            {
                OrderedSums.AddFourTo(
                    sum.Slice(place * _size, place + 1), scaled[at..], chunk.AsSpan(starts[at]), chunk.AsSpan(starts[at + 1]), chunk.AsSpan(starts[at + 2]), chunk.AsSpan(starts[at + 3]));
            }
        }
    }
}
