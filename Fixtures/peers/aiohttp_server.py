"""An aiohttp server on the listening socket that is descriptor 100."""

import hashlib
import json
import socket
import zlib

from aiohttp import web

routes = web.RouteTableDef()


@routes.route("*", "/echo")
async def echo(request):
    body = await request.read()
    return web.json_response({
        "method": request.method,
        "version": f"{request.version.major}.{request.version.minor}",
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "bytes": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    })


@routes.post("/count")
async def count(request):
    total = 0
    async for piece in request.content.iter_any():
        total += len(piece)
    return web.Response(text=str(total))


@routes.post("/refuse")
async def refuse(request):
    """Answers without a look at the body."""
    return web.Response(status=413, text="too large")


@routes.get("/bytes/{count}")
async def many(request):
    response = web.StreamResponse()
    await response.prepare(request)
    rest = int(request.match_info["count"])
    piece = bytes(65536)
    while rest:
        await response.write(piece[:rest])
        rest -= min(rest, len(piece))
    return response


@routes.get("/bomb/{count}")
async def bomb(request):
    """So many zeros, packed: a thousandth of it goes over the wire."""
    response = web.StreamResponse(headers={"Content-Encoding": "gzip"})
    await response.prepare(request)
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1 << 20)
    for _ in range(int(request.match_info["count"]) >> 20):
        await response.write(packer.compress(piece))
    await response.write(packer.flush())
    return response


@routes.get("/to")
async def redirect(request):
    return web.Response(status=int(request.query.get("status", "302")), headers={"Location": request.query["url"]})


application = web.Application(client_max_size=1 << 40)
application.add_routes(routes)
web.run_app(application, sock=socket.socket(fileno=100), print=None)
