"""SDXL with random weights in PyTorch: weights, inputs, answers and times, for imprint-painter-cuda-check --against.

    python3 against_torch.py FOLDER [--compile]

With diffusers and transformers: UNet, decoder and both text encoders at 1024 x 1024 in bf16. With torch alone: times of
products, convolutions and attention of the same sizes, and no files of weights.
"""

import json
import pathlib
import sys

import torch

DEVICE, TYPE = "cuda", torch.bfloat16
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
FIRST = dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12, num_hidden_layers=12,
             projection_dim=768, hidden_act="quick_gelu")
SECOND = dict(hidden_size=1280, intermediate_size=5120, num_attention_heads=20, num_hidden_layers=32,
              projection_dim=1280, hidden_act="gelu")
END_OF_TEXT = 49407


def time_of(run, times=20):
    """Milliseconds of the middle of so many runs, by the device's clock."""
    with torch.no_grad():
        for _ in range(5):
            run()
        took = []
        for _ in range(times):
            begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            begin.record()
            run()
            end.record()
            end.synchronize()
            took.append(begin.elapsed_time(end))
    return sorted(took)[times // 2]


def last(picture):
    """Channels last, as the plans have them."""
    return picture.permute(0, 2, 3, 1)


def pieces(times):
    random = lambda *shape: torch.randn(*shape, device=DEVICE, dtype=TYPE)
    for rows, inputs, outputs in [(2048, 1280, 10240), (2048, 1280, 1280), (2048, 1280, 3840), (2048, 5120, 1280),
                                  (8192, 640, 640), (8192, 640, 5120), (8192, 2560, 640)]:
        x, weight, bias = random(rows, inputs), random(outputs, inputs), random(outputs)
        times[f"product {rows} x {inputs} -> {outputs}"] = time_of(
            lambda: torch.nn.functional.linear(x, weight, bias))
    for side, channels in [(128, 320), (64, 640), (32, 1280)]:
        x = random(2, channels, side, side).to(memory_format=torch.channels_last)
        weight = random(channels, channels, 3, 3).to(memory_format=torch.channels_last)
        times[f"conv {side} x {side} x {channels}"] = time_of(
            lambda: torch.nn.functional.conv2d(x, weight, padding=1))
    for rows, seen, heads in [(4096, 4096, 10), (1024, 1024, 20), (4096, 77, 10), (1024, 77, 20)]:
        q, k, v = random(2, heads, rows, 64), random(2, heads, seen, 64), random(2, heads, seen, 64)
        times[f"attention {rows} x {seen}, {heads} heads"] = time_of(
            lambda: torch.nn.functional.scaled_dot_product_attention(q, k, v))


def keep(folder, name, weights, given, wanted):
    from safetensors.torch import save_file

    plain = lambda tensor: tensor.detach().float().contiguous().cpu()
    save_file({key: value.detach().contiguous().cpu() for key, value in weights.items()},
              str(folder / f"{name}.safetensors"))
    kept = {key: plain(value) for key, value in given.items()}
    kept.update({f"wanted.{key}": plain(value) for key, value in wanted.items()})
    save_file(kept, str(folder / f"{name}.io.safetensors"))


def measured(times, name, model, call, compiles):
    times[f"{name}.eager"] = time_of(lambda: call(model))
    if compiles:
        # One graph of the device, as ours is.
        faster = torch.compile(model, mode="reduce-overhead", fullgraph=True)
        times[f"{name}.compiled"] = time_of(lambda: call(faster))


def unet(folder, times, compiles):
    from diffusers import UNet2DConditionModel

    model = UNet2DConditionModel(**UNET).to(DEVICE, TYPE).eval().to(memory_format=torch.channels_last)
    sample = torch.randn(2, 4, 128, 128, device=DEVICE, dtype=TYPE).to(memory_format=torch.channels_last)
    context = torch.randn(2, 77, 2048, device=DEVICE, dtype=TYPE)
    pooled = torch.randn(2, 1280, device=DEVICE, dtype=TYPE)
    sizes = torch.tensor([[1024, 1024, 0, 0, 1024, 1024]] * 2, device=DEVICE, dtype=TYPE)
    timestep = torch.tensor([741.0, 741.0], device=DEVICE)
    call = lambda model: model(sample, timestep, encoder_hidden_states=context, return_dict=False,
                               added_cond_kwargs={"text_embeds": pooled, "time_ids": sizes})[0]
    with torch.no_grad():
        out = call(model)
    keep(folder, "unet", model.state_dict(),
         {"sample": last(sample), "timestep": timestep[:, None], "context": context, "pooled": pooled, "sizes": sizes},
         {"out": last(out)})
    measured(times, "unet", model, call, compiles)


def decoder(folder, times, compiles):
    from diffusers import AutoencoderKL

    model = AutoencoderKL(**VAE).to(DEVICE, TYPE).eval().to(memory_format=torch.channels_last)
    latents = torch.randn(1, 4, 128, 128, device=DEVICE, dtype=TYPE).to(memory_format=torch.channels_last)
    with torch.no_grad():
        out = model.decode(latents, return_dict=False)[0]
    weights = {key: value for key, value in model.state_dict().items()
               if key.startswith(("decoder.", "post_quant_conv."))}
    keep(folder, "decoder", weights, {"latents": last(latents)}, {"picture": last(out)})

    class Decoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, latents):
            return self.model.decode(latents, return_dict=False)[0]

    measured(times, "decoder", Decoder(), lambda model: model(latents), compiles)


def text(folder, times, compiles, name, sizes, pooled):
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(vocab_size=49408, max_position_embeddings=77, eos_token_id=END_OF_TEXT, **sizes)
    model = (CLIPTextModelWithProjection if pooled else CLIPTextModel)(config).to(DEVICE, TYPE).eval()
    ids = torch.randint(0, 40000, (1, 77), device=DEVICE)
    ids[:, 12:] = END_OF_TEXT
    call = lambda model: model(ids, output_hidden_states=True)
    with torch.no_grad():
        out = call(model)
    given = {"ids": ids[..., None]}
    wanted = {"hidden": out.hidden_states[-2]}
    if pooled:
        given["end"], wanted["pooled"] = torch.tensor([[12.0]]), out.text_embeds
    prefix = lambda key: key if key.startswith(("text_model.", "text_projection.")) else f"text_model.{key}"
    weights = {prefix(key): value for key, value in model.state_dict().items() if "position_ids" not in key}
    keep(folder, name, weights, given, wanted)
    measured(times, name, model, call, compiles)


def main():
    folder, compiles = pathlib.Path(sys.argv[1]), "--compile" in sys.argv
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    times = {}
    print("torch", torch.__version__, "CUDA", torch.version.cuda, "cuDNN", torch.backends.cudnn.version())
    print(torch.cuda.get_device_name())
    pieces(times)
    tasks = [
        ("unet", lambda: unet(folder, times, compiles)),
        ("decoder", lambda: decoder(folder, times, compiles)),
        ("text_encoder", lambda: text(folder, times, compiles, "text_encoder", FIRST, False)),
        ("text_encoder_2", lambda: text(folder, times, compiles, "text_encoder_2", SECOND, True)),
    ]
    for name, task in tasks:
        try:
            task()
        except ImportError as why:
            print(f"skip {name}: {why}")
        torch.cuda.empty_cache()
    (folder / "times.json").write_text(json.dumps(times, indent=1))
    for name, took in times.items():
        print(f"torch {name}: {took:.3f} ms")


if __name__ == "__main__":
    main()
