using Microsoft.Playwright;

namespace LeadPredict.Pages.Tests;

/// <summary>Debian's chromium, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    public const string Executable = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why tests with a browser are skipped, or null when they are not; in CI a missing browser fails them.</summary>
    public static string? SkipReason => File.Exists(Executable) || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? null : $"there is no {Executable}";

    public async Task InitializeAsync()
    {
        if (SkipReason is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A window of its own, with everything watched that a page may do wrong.</summary>
    public async Task<Window> OpenAsync(int width = 1440, bool dark = false, bool script = true)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new(await context.NewPageAsync());
    }
}

/// <summary>A browser's window.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly List<string> _faults = [];
    private readonly List<string> _requests = [];

    public Window(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Add($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => _faults.Add($"script: {error}");
        page.RequestFailed += (_, request) => _faults.Add($"request failed: {request.Url}");
        page.Request += (_, request) => _requests.Add(request.Url);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _faults.Add($"{response.Status}: {response.Url}");
            }
        };
        page.Dialog += async (_, dialog) =>
        {
            _faults.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Faults => _faults;

    public IReadOnlyList<string> Requests => _requests;

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

/// <summary>A test in a browser: skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.SkipReason;
}

/// <summary>Tests with cases in a browser: skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Browser.SkipReason;
}
