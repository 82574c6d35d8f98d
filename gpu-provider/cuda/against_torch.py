"""SDXL with random weights in PyTorch, for imprint-painter-cuda-check --against: times, weights, inputs and answers.

    python3 against_torch.py FOLDER PART [--tiny]

PART is one of these; each adds its times to FOLDER/times.json, so that they may run one by one:

    versions   of torch and what it is built on
    pieces     products, convolutions and attention by themselves
    eager      UNet, decoder and both text encoders: files of weights, inputs and answers, and times
    compiled   the same through torch.compile: times

With --tiny it is a toy, on the CPU where there is no GPU. Every line is a time, `skip` or `fail`; the last one counts.
"""

import copy
import json
import pathlib
import re
import sys
import time

try:
    import torch
except ImportError as why:
    sys.exit(f"skip torch: {why}\n0 times, 0 failed")

TINY = "--tiny" in sys.argv
DEVICE, TYPE = "cpu" if TINY and not torch.cuda.is_available() else "cuda", torch.bfloat16
PIXELS, RUNS = (64, 3) if TINY else (1024, 20)
UNET = dict(
    sample_size=128, in_channels=4, out_channels=4, block_out_channels=(320, 640, 1280), layers_per_block=2,
    down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"), attention_head_dim=(5, 10, 20),
    transformer_layers_per_block=(1, 2, 10), cross_attention_dim=2048, addition_embed_type="text_time",
    addition_time_embed_dim=256, projection_class_embeddings_input_dim=2816, use_linear_projection=True,
)
VAE = dict(
    block_out_channels=(128, 256, 512, 512), layers_per_block=2, latent_channels=4, norm_num_groups=32,
    down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
)
TEXTS = {
    "text_encoder": dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12, num_hidden_layers=12,
                         projection_dim=768, hidden_act="quick_gelu", vocab_size=49408),
    "text_encoder_2": dict(hidden_size=1280, intermediate_size=5120, num_attention_heads=20, num_hidden_layers=32,
                           projection_dim=1280, hidden_act="gelu", vocab_size=49408),
}
PRODUCTS = [(2048, 1280, 10240), (2048, 1280, 1280), (2048, 1280, 3840), (2048, 5120, 1280), (8192, 640, 640),
            (8192, 640, 5120), (8192, 2560, 640)]
CONVS = [(128, 320), (64, 640), (32, 1280)]
ATTENTIONS = [(4096, 4096, 10), (1024, 1024, 20), (4096, 77, 10), (1024, 77, 20)]
if TINY:
    # The toy of src/check/sizes.rs.
    UNET.update(block_out_channels=(64, 128, 128), attention_head_dim=(1, 2, 4), transformer_layers_per_block=(1, 1, 2),
                cross_attention_dim=64, addition_time_embed_dim=8, projection_class_embeddings_input_dim=80,
                norm_num_groups=16)
    VAE.update(block_out_channels=(32, 32, 64, 64), layers_per_block=1, norm_num_groups=16)
    for sizes in TEXTS.values():
        sizes.update(hidden_size=32, intermediate_size=64, num_attention_heads=2, num_hidden_layers=3, projection_dim=32,
                     hidden_act="quick_gelu", vocab_size=600)
    PRODUCTS, CONVS, ATTENTIONS = [(32, 64, 64)], [(8, 16)], [(64, 77, 2)]
# What plans call stages, as modules of diffusers are called.
STAGES = re.compile(r"(decoder\.)?(conv_in|time_embedding|add_embedding|(down|up)_blocks\.\d|mid_block)")


def now():
    """Milliseconds, when everything that was told is done."""
    if DEVICE == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() * 1e3


def once(run):
    """By the device's clock where it has one."""
    if DEVICE != "cuda":
        begin = now()
        run()
        return now() - begin
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    begin.record()
    run()
    end.record()
    end.synchronize()
    return begin.elapsed_time(end)


def time_of(run):
    """The middle of so many runs."""
    with torch.no_grad():
        for _ in range(min(RUNS, 5)):
            run()
        return sorted(once(run) for _ in range(RUNS))[RUNS // 2]


def with_cudnn(run):
    """The attention of cuDNN, which PyTorch has but does not always take."""
    def pinned():
        with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.CUDNN_ATTENTION):
            run()
    return pinned


def best_of(run):
    """As PyTorch decides, or with cuDNN's attention where that is faster."""
    took = time_of(run)
    if DEVICE != "cuda":
        return took
    try:
        return min(took, time_of(with_cudnn(run)))
    except RuntimeError as why:
        print(f"skip attention of cuDNN: {str(why).splitlines()[0]}")
        return took


def last(value):
    """Channels last, as the plans have them."""
    return value.permute(0, 2, 3, 1) if value.dim() == 4 else value


class Times:
    """What was measured so far, by this run and those before."""

    def __init__(self, folder):
        self.file, self.failed, self.count = folder / "times.json", 0, 0
        self.all = json.loads(self.file.read_text()) if self.file.is_file() else {}

    def add(self, name, took):
        self.all[name] = took
        self.count += 1
        self.file.write_text(json.dumps(self.all, indent=1))
        print(f"time torch {name}: {took:.3f} ms")

    def attempt(self, name, task):
        """One that fails is said, and the others go on."""
        try:
            task()
        except ImportError as why:
            print(f"skip {name}: {why}")
        except Exception as why:
            self.failed += 1
            print(f"fail {name}: {type(why).__name__}: {(str(why).splitlines() or [''])[0]}")
        if DEVICE == "cuda":
            torch.cuda.empty_cache()


def random(*shape):
    value = torch.randn(*shape, device=DEVICE, dtype=TYPE)
    return value.to(memory_format=torch.channels_last) if value.dim() == 4 and shape[2] == shape[3] else value


def pieces(times):
    functional = torch.nn.functional
    for rows, inputs, outputs in PRODUCTS:
        given = random(rows, inputs), random(outputs, inputs), random(outputs)
        times.attempt("product", lambda: times.add(f"product {rows} x {inputs} -> {outputs}",
                                                   time_of(lambda: functional.linear(*given))))
    for side, channels in CONVS:
        given = random(2, channels, side, side), random(channels, channels, 3, 3)
        times.attempt("conv", lambda: times.add(f"conv {side} x {side} x {channels}",
                                                time_of(lambda: functional.conv2d(*given, padding=1))))
    for rows, seen, heads in ATTENTIONS:
        given = [torch.randn(2, heads, count, 64, device=DEVICE, dtype=TYPE) for count in (rows, seen, seen)]
        times.attempt("attention", lambda: times.add(f"attention {rows} x {seen}, {heads} heads",
                                                     best_of(lambda: functional.scaled_dot_product_attention(*given))))


def unet(images):
    from diffusers import UNet2DConditionModel

    side = PIXELS // 2 ** (len(VAE["block_out_channels"]) - 1)
    pooled = UNET["projection_class_embeddings_input_dim"] - 6 * UNET["addition_time_embed_dim"]
    given = {
        "sample": random(images, 4, side, side),
        "timestep": torch.tensor([741.0] * images, device=DEVICE),
        "context": random(images, 77, UNET["cross_attention_dim"]),
        "pooled": random(images, pooled),
        "sizes": torch.tensor([[PIXELS, PIXELS, 0, 0, PIXELS, PIXELS]] * images, device=DEVICE, dtype=TYPE),
    }
    call = lambda model, given: {"out": model(
        given["sample"], given["timestep"], encoder_hidden_states=given["context"], return_dict=False,
        added_cond_kwargs={"text_embeds": given["pooled"], "time_ids": given["sizes"]})[0]}
    return UNet2DConditionModel(**UNET), given, call, lambda key: key


def decoder():
    from diffusers import AutoencoderKL

    class Decoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            whole = AutoencoderKL(**VAE)
            self.decoder, self.post_quant_conv = whole.decoder, whole.post_quant_conv

        def forward(self, latents):
            return self.decoder(self.post_quant_conv(latents))

    side = PIXELS // 2 ** (len(VAE["block_out_channels"]) - 1)
    call = lambda model, given: {"picture": model(given["latents"])}
    return Decoder(), {"latents": random(1, 4, side, side)}, call, lambda key: key


def text(name):
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    pooled, sizes = name == "text_encoder_2", TEXTS[name]
    end = sizes["vocab_size"] - 1
    config = CLIPTextConfig(max_position_embeddings=77, eos_token_id=end, **sizes)
    ids = torch.randint(0, end - 1, (1, 77), device=DEVICE)
    ids[:, 12:] = end

    def call(model, given):
        out = model(ids, output_hidden_states=True)
        return {"hidden": out.hidden_states[-2], **({"pooled": out.text_embeds} if pooled else {})}

    model = (CLIPTextModelWithProjection if pooled else CLIPTextModel)(config)
    given = {"ids": ids[..., None].float(), **({"end": torch.tensor([[12.0]])} if pooled else {})}
    return model, given, call, lambda key: key if key.startswith("text_") else f"text_model.{key}"


MODELS = {"unet": lambda: unet(2), "decoder": decoder, "text_encoder": lambda: text("text_encoder"),
          "text_encoder_2": lambda: text("text_encoder_2"), "unet without guidance": lambda: unet(1)}


def staged(model, call, given):
    """The answers, and what comes out of each stage inside."""
    found, hooks = {}, []

    def hook(name):
        def keep(_module, _inputs, out):
            found[name] = out[0] if isinstance(out, tuple) else out
        return keep

    for name, module in model.named_modules():
        if STAGES.fullmatch(name):
            hooks.append(module.register_forward_hook(hook(name)))
    with torch.no_grad():
        found.update(call(model, given))
    for one in hooks:
        one.remove()
    return found


def keep(folder, name, model, given, call, renamed):
    from safetensors.torch import save_file

    plain = lambda value: last(value.detach()).contiguous().cpu()
    weights = {renamed(key): value for key, value in model.state_dict().items() if "position_ids" not in key}
    save_file({key: value.detach().contiguous().cpu() for key, value in weights.items()},
              str(folder / f"{name}.safetensors"))
    kept = {key: plain(value if value.dim() > 1 else value[:, None]).float() for key, value in given.items()}
    kept.update({f"wanted.{key}": plain(value) for key, value in staged(model, call, given).items()})
    exact = staged(copy.deepcopy(model).float(), call, {key: value.float() for key, value in given.items()})
    kept.update({f"exact.{key}": plain(value) for key, value in exact.items()})
    save_file(kept, str(folder / f"{name}.io.safetensors"))


def eager(folder, times, name):
    torch.manual_seed(7)
    model, given, call, renamed = MODELS[name]()
    model = model.to(DEVICE, TYPE).eval().to(memory_format=torch.channels_last)
    if name != "unet without guidance":
        keep(folder, name, model, given, call, renamed)
    times.add(f"{name}.eager", best_of(lambda: call(model, given)))


def compiled(_folder, times, name):
    torch.manual_seed(7)
    model, given, call, _ = MODELS[name]()
    model = model.to(DEVICE, TYPE).eval().to(memory_format=torch.channels_last)
    # One graph of the device, as ours is.
    model, begin = torch.compile(model, mode="reduce-overhead", fullgraph="text" not in name), now()
    with torch.no_grad():
        call(model, given)
    print(f"time torch {name}, until it is compiled: {(now() - begin) / 1e3:.1f} s")
    times.add(f"{name}.compiled", time_of(lambda: call(model, given)))


def versions():
    print("time torch", torch.__version__, "CUDA", torch.version.cuda, "cuDNN", torch.backends.cudnn.version())
    for name in ("diffusers", "transformers", "safetensors", "triton"):
        try:
            print("time", name, __import__(name).__version__)
        except ImportError as why:
            print(f"skip {name}: {why}")
    print("time device", torch.cuda.get_device_name() if torch.cuda.is_available() else "none")


def main():
    if len(sys.argv) < 3 or sys.argv[2] not in ("versions", "pieces", "eager", "compiled"):
        sys.exit(__doc__)
    folder, part = pathlib.Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(parents=True, exist_ok=True)
    # What is f32 is exact.
    torch.backends.cudnn.allow_tf32 = False
    times = Times(folder)
    if part == "versions":
        versions()
    elif DEVICE == "cuda" and not torch.cuda.is_available():
        print(f"skip {part}: torch sees no GPU")
    elif part == "pieces":
        pieces(times)
    else:
        for name in MODELS:
            times.attempt(f"{name}, {part}", lambda: (eager if part == "eager" else compiled)(folder, times, name))
    print(f"{times.count} times, {times.failed} failed")
    sys.exit(1 if times.failed else 0)


if __name__ == "__main__":
    main()
