"""Lines of skeletons as Laban reads them, for the scripts beside this file."""
import json


def line(index, time_us, topology, people, **more):
    """One frame of these people, each as `person` gives it."""
    return json.dumps({
        "v": 1, "type": "laban.skeleton", "frame": index, "pts_us": int(time_us), "topology": topology, "people": people,
        **more}, separators=(",", ":"))


def person(track=1, **points):
    """Somebody with `image` or `world` points; a joint that was not seen is None."""
    return {"track": track, **points}
