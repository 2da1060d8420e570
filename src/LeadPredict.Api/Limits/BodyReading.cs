using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;

namespace LeadPredict.Api.Limits;

/// <summary>Ends of reading that leave the connection in order.</summary>
internal static class BodyReading
{
    /// <summary>Reads on, until cancelled. A token given to the reader itself would leave its read open, and the server fails over that when it goes on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what was read is given back.</exception>
    public static async ValueTask<ReadResult> ReadUntilAsync(this PipeReader body, CancellationToken cancellation)
    {
        ReadResult read;
        using (cancellation.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), body))
        {
            read = await body.ReadAsync(CancellationToken.None);
        }

        if (cancellation.IsCancellationRequested)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            cancellation.ThrowIfCancellationRequested();
        }

        return read;
    }

    /// <summary>Lets the connection end with this request: what its caller still sends is no beginning of another.</summary>
    public static void EndConnection(this HttpContext context) => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
}
