using System.Collections.Concurrent;
using System.Net;

namespace LeadPredict.Training.Tests.Drills;

/// <summary>A receiver of events that can be killed in the middle of deliveries and come back on the same port. What it has read counts as arrived, answered or not.</summary>
internal sealed class EventReceiver(int port) : IDisposable
{
    private readonly ConcurrentQueue<string> _arrived = new();
    private HttpListener? _listener;

    public string Url => $"http://127.0.0.1:{port}/events/";

    /// <summary>The identifiers of events in the order of their arrival, repeats included.</summary>
    public IReadOnlyCollection<string> Arrived => _arrived;

    public void Start()
    {
        var listener = new HttpListener();
        listener.Prefixes.Add(Url);
        listener.Start();
        _listener = listener;
        for (int i = 0; i < 8; i++)
        {
            _ = Task.Run(() => AnswerAsync(listener));
        }
    }

    public void Kill()
    {
        _listener?.Abort();
        _listener = null;
    }

    public void Dispose() => Kill();

    private async Task AnswerAsync(HttpListener listener)
    {
        try
        {
            while (listener.IsListening)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                using (var reader = new StreamReader(context.Request.InputStream))
                {
                    await reader.ReadToEndAsync();
                }

                _arrived.Enqueue(context.Request.Headers["webhook-id"]!);

                // Long enough to be killed in.
                await Task.Delay(3);
                context.Response.StatusCode = 204;
                context.Response.Close();
            }
        }
        catch (Exception killed) when (killed is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The delivery breaks off.
        }
    }
}
