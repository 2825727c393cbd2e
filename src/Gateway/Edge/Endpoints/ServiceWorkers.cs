using Gateway.Cookies;
using Gateway.Edge.Cookies;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// Finds out whether a request is for the script of a service worker that the table does not list, or that the visitor did not allow. Without
/// its script a worker is not registered, and a registered one is not updated; the script in pages removes it.
/// </summary>
internal sealed class ServiceWorkers(Sightings sightings)
{
    /// <summary>Whether a request fetches the script of a service worker (Service Workers 8.1.1): pages cannot set the header.</summary>
    public static bool IsFetched(HttpRequest request) => request.Headers["Service-Worker"] == "script";

    /// <summary>Whether the request must not reach the backend. Notes the refusal, or what would be one where the site is only observed.</summary>
    public bool Refuses(HttpContext context, RequestState state)
    {
        if (!IsFetched(context.Request))
            return false;

        var path = context.Request.Path.Value ?? "/";
        var row = state.Site.TableOf(EntryKind.ServiceWorker).Find(path);
        if (row is not null && state.Grants.Allows(row.Entry))
            return false;

        sightings.Add(state.Site, EntryKind.ServiceWorker, path, row, state.Client, page: null);
        return state.Site.IsEnforced;
    }
}
