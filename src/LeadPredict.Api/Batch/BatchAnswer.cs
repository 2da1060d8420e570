using System.Buffers;
using LeadPredict.Api.Errors;

namespace LeadPredict.Api.Batch;

/// <summary>Writes the answers of a batch as lines or as one array.</summary>
internal sealed class BatchAnswer(HttpResponse response, bool lines)
{
    private int _items;

    /// <summary>Whether something was answered, so that no other status can be.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>How many bytes were written since the last flush.</summary>
    public int Unflushed { get; private set; }

    /// <summary>Answers items, each followed by a line feed; sent with the next flush.</summary>
    public void Write(ReadOnlySpan<byte> items)
    {
        Start();
        Unflushed += items.Length;
        if (lines)
        {
            response.BodyWriter.Write(items);
            _items += items.Count((byte)'\n');
        }
        else
        {
            Elements(items);
        }
    }

    /// <summary>Sends what was written. Returns when the caller takes it.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        Unflushed = 0;
        await response.BodyWriter.FlushAsync(cancellation);
    }

    /// <summary>Ends the answer, with a fault of the body's as its last item.</summary>
    public async Task EndAsync(Exception? fault, CancellationToken cancellation)
    {
        if (fault is not null)
        {
            var last = new ArrayBufferWriter<byte>();
            BatchScoring.Write(last, _items, ProblemMapping.Of(fault, response.HttpContext)!);
            last.Write("\n"u8);
            Write(last.WrittenSpan);
        }

        Start();
        if (!lines)
        {
            response.BodyWriter.Write("]\n"u8);
        }

        await response.BodyWriter.FlushAsync(cancellation);
    }

    private void Start()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        response.ContentType = lines ? BatchForm.LineTypes[0] : "application/json; charset=utf-8";
        if (!lines)
        {
            response.BodyWriter.Write("["u8);
        }
    }

    private void Elements(ReadOnlySpan<byte> items)
    {
        while (items.Length > 0)
        {
            int end = items.IndexOf((byte)'\n');
            if (_items++ > 0)
            {
                response.BodyWriter.Write(",\n"u8);
            }

            response.BodyWriter.Write(items[..end]);
            items = items[(end + 1)..];
        }
    }
}
